// Stands in for what Node never reaches in a library: other run-times, developers' tools.
export default undefined;
