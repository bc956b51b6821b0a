// Loads the files of an index as classic scripts: the same way over HTTP and from a folder.
//
// In: where the index is. Out: what a file holds. A file calls `shirubeIndex(name, value)`; one that
// is missing, cut short or of another name is refused.
import type { Load } from "./store";

declare global {
  interface Window {
    shirubeIndex?: (name: string, value: unknown) => void;
  }
}

/** A loader of the files below `base`. */
export const files = (base: string): Load => {
  const arrived = new Map<string, unknown>();
  window.shirubeIndex = (name, value) => arrived.set(name, value);
  return (name) =>
    new Promise((done, fail) => {
      const script = document.createElement("script");
      const [file] = name.split("?");
      script.onload = script.onerror = () => {
        script.remove();
        if (arrived.has(file!)) done(arrived.get(file!));
        else fail(new Error(`no ${name}`));
        arrived.delete(file!);
      };
      script.src = `${base}${name.replace(file!, `${file}.js`)}`;
      document.head.append(script);
    });
};
