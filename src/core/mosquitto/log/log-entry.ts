/** What every entry has. */
interface Entry<Kind extends string> {
  readonly kind: Kind;
  /** When the broker wrote it, ms since 1970; `null` where the line does not say. */
  readonly at: number | null;
}

/** An entry about one client; `clientId` is `null` where the broker did not know it, or did not say. */
interface ClientEntry<Kind extends string> extends Entry<Kind> {
  readonly clientId: string | null;
}

/**
 * An entry about one client's connection; `peer` is its other end, `ADDRESS:PORT`, where the line says so (mosquitto from
 * 2.1 on): it tells this connection from others of the same client identifier.
 */
interface ConnectionEntry<Kind extends string> extends ClientEntry<Kind> {
  readonly peer: string | null;
}

/** An entry about something that was refused; `user` is `null` where the line does not name it, as mosquitto's never do. */
interface DenialEntry<Kind extends string> extends ClientEntry<Kind> {
  readonly user: string | null;
  /** The topic name, or for a subscription the topic filter. */
  readonly topic: string;
}

/** One line of a broker's log that says something about a client, the ACL or the broker itself. */
export type BrokerLogEntry =
  | (ClientEntry<'connection-opened'> & { readonly clientId: null; readonly address: string; readonly port: number })
  | (Entry<'login'> & {
      readonly clientId: string;
      /** `null`: logged in without a user name. */
      readonly user: string | null;
      readonly address: string;
      readonly port: number;
      /** 0: the broker never notices that this client is gone. */
      readonly keepaliveSeconds: number;
    })
  /** `user` is `null` with mosquitto, which never says who it was. */
  | (ConnectionEntry<'login-refused'> & { readonly user: string | null })
  /** It said goodbye, or (mosquitto uses the same words) was sent away because its password changed. */
  | ConnectionEntry<'left'>
  /** Its socket closed without a goodbye; `detail` the system's words, where there are some. */
  | (ConnectionEntry<'connection-lost'> & { readonly detail: string | null })
  | ConnectionEntry<'keepalive-expired'>
  /** It, or another client with its client identifier, logged in while this connection was open. */
  | ConnectionEntry<'taken-over'>
  | (ConnectionEntry<'protocol-error'> & { readonly detail: string })
  | (DenialEntry<'denied-publish'> & {
      readonly qos: 0 | 1 | 2 | null;
      readonly isRetained: boolean | null;
      readonly payloadBytes: number | null;
    })
  | DenialEntry<'denied-subscribe'>
  /** The line does not say whether it was a publish or a subscription (RabbitMQ before 3.11). */
  | DenialEntry<'denied-access'>
  /** A `+` or `#` in the user name or client identifier: mosquitto denies all that only a pattern could grant. */
  | (ClientEntry<'wildcard-name'> & { readonly user: string | null })
  /** The broker drops messages as its queue for this client is full: it takes them too slowly, or is away and subscribed. */
  | ClientEntry<'messages-dropped'>
  | Entry<'reload'>
  /** A client spoke TLS to a listener without it, or (`plain`) no TLS to one with it; `peer` as above. */
  | (Entry<'wrong-transport'> & { readonly spoken: 'tls' | 'plain'; readonly peer: string | null })
  /** It cannot use its ACL: what it does then depends on its version. `file` as it names it, `detail` its words. */
  | (Entry<'acl-broken'> & { readonly file: string; readonly detail: string })
  | (Entry<'passwords-broken'> & {
      readonly file: string | null;
      readonly user: string | null;
      readonly detail: string;
    })
  /** It was started and reads its files; `started`: it has read them. */
  | (Entry<'starting'> & { readonly version: string })
  | (Entry<'started'> & { readonly version: string })
  | (Entry<'stopped'> & { readonly version: string });
