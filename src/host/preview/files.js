// Style sheets and pictures whose files have changed under the same address.

/** What tells the bytes behind an address from others. */
const tags = new Map();

const isOwn = (address) => new URL(address, location.href).origin === location.origin;

/** The address without what the preview has added to it. */
const plain = (address) => {
  const url = new URL(address, location.href);
  url.searchParams.delete("shirube");
  url.hash = "";
  return url.href;
};

/** Asks for the tags of `addresses`; gives those that are others than when last asked. */
const changedOf = async (addresses) => {
  const waiting = [...new Set(addresses.filter(isOwn).map(plain))];
  const changed = new Set();
  const ask = async () => {
    for (let address = waiting.pop(); address; address = waiting.pop()) {
      const known = tags.get(address);
      const headers = known ? { "If-None-Match": known } : {};
      const answer = await fetch(address, { method: "HEAD", cache: "no-store", headers });
      const tag = answer.headers.get("ETag");
      if (!answer.ok || !tag) continue;
      if (known && known !== tag) changed.add(address);
      tags.set(address, tag);
    }
  };
  await Promise.all([ask(), ask(), ask()]);
  return changed;
};

const styles = () => [...document.querySelectorAll("link[rel~='stylesheet']")];
const pictures = () => [...document.querySelectorAll("img[src], picture source[srcset], video[src], audio[src], source[src]")];
const addressOf = (element) => (element.hasAttribute("src") ? element.src : new URL(element.srcset.split(/\s/)[0], location.href).href);

/** Notes what the page shows now; in what it shows later, changes are seen. */
const noteFiles = () => changedOf([...styles().map(({ href }) => href), ...pictures().map(addressOf)]);

/** Puts files in place that have changed under the same address. */
const refreshFiles = async () => {
  const changed = await noteFiles();
  const anew = (address) => {
    const url = new URL(plain(address));
    url.searchParams.set("shirube", tags.get(plain(address)).replace(/\W/g, ""));
    return url.href;
  };
  const links = styles().filter(({ href }) => changed.has(plain(href)));
  for (const picture of pictures()) {
    const address = addressOf(picture);
    if (!changed.has(plain(address))) continue;
    if (picture.hasAttribute("src")) picture.src = anew(address);
    else picture.srcset = anew(address);
  }
  await Promise.all(links.map((link) => swapStyle(link, anew(link.href))));
};

/** The page is never without a style: the old one goes when the new one has come. */
const swapStyle = (link, href) =>
  new Promise((done) => {
    const next = link.cloneNode();
    next.href = href;
    next.onload = () => {
      link.remove();
      done(next);
    };
    next.onerror = () => {
      next.remove();
      done(link);
    };
    link.after(next);
  });
