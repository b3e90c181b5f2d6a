/** What is used of citeproc-js, which tells no types. */
declare module "citeproc" {
  interface System {
    retrieveLocale(name: string): object;
    retrieveItem(id: string): object;
  }
  interface Engine {
    setOutputFormat(name: string): void;
    updateItems(ids: string[]): void;
    makeBibliography(): [object, string[]];
  }
  interface CSL {
    Engine: new (system: System, style: object) => Engine;
    Output: { Formats: Record<string, object> };
  }
  const citeproc: CSL;

  export { type CSL };
  export default citeproc;
}
