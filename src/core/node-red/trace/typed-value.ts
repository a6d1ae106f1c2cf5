/** What a typed field of the editor stands for; `undefined` for what only a running flow knows. */
export function typedValue(text: string, type: string): unknown {
  switch (type) {
    case 'str':
      return text;
    case 'num':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
    case 'bool':
      return /^true$/i.test(text);
    case 'json':
      try {
        return JSON.parse(text) as unknown;
      } catch {
        return undefined;
      }
    default:
      return undefined;
  }
}
