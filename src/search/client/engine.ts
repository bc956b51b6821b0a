// The engine of the search: hands the questions of the search field to the index of the page's locale.
//
// In: the search field's script, which has `shirubeSearch.register`. Out: answers. The only module
// that knows the page it runs in.
import { Index, type Answer, type Wanted } from "./answer";
import { files } from "./files";

declare global {
  interface Window {
    shirubeSearch: { register(find: (query: string, wanted: Wanted, early?: (answer: Answer) => void) => Promise<Answer>): void };
  }
}

/** After how many milliseconds of waiting the titles alone answer. */
const PATIENCE = 120;

const form = document.querySelector<HTMLElement>("form[data-index]")!;
const load = files(form.dataset.index!);

let opened = Index.open(load);
opened.catch(() => {});

/** Opens the index anew, past any copy that is kept: the site may have been published meanwhile. */
const again = async (): Promise<Index> => {
  opened = Index.open(load, `index?${Date.now()}`);
  opened.catch(() => {});
  return opened;
};

const find = async (query: string, wanted: Wanted, early?: (answer: Answer) => void): Promise<Answer> => {
  let waiting = 0;
  try {
    const index = await opened.catch(again);
    waiting = window.setTimeout(async () => {
      const answer = await index.early(query, wanted).catch(() => null);
      if (waiting && answer?.results.length) early?.(answer);
    }, PATIENCE);
    return await index.answer(query, wanted).catch(async () => (await again()).answer(query, wanted));
  } finally {
    clearTimeout(waiting);
    waiting = 0;
  }
};

window.shirubeSearch.register(find);
