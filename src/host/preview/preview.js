// Listens for news, one after the other.

/** The pages that are shown: `run-version`. */
let mark = sent.mark;
let led = null;
let busy = false;
let waiting = null;
let events = null;
let leads = false;

/** A page of the preview's own, such as the writers' dashboard, is of problems, too. */
const isOwnPage = location.pathname.startsWith("/_shirube/");

/** Whether no page of this browser has gone to the place. The one that goes gives up its lead to
 * another, which may hear of the same place after it. */
const isNewPlace = (place) => {
  if (localStorage.getItem("shirube-led") === place) return false;
  localStorage.setItem("shirube-led", place);
  return true;
};

/** What to do about news. */
const take = async (told) => {
  // The preview has begun anew, and has nothing to show yet.
  if (!told.version) return;
  const now = `${told.run}-${isOwnPage ? told.version : told.pages}`;
  if (now !== mark) {
    await renew();
    mark = now;
    setTimeout(() => refreshFiles().catch(() => {}), 50);
  }
  const place = `${told.run}-${told.led}`;
  if (told.follow && led !== null && led !== place && leads && isNewPlace(place)) lead(told.follow);
  led = place;
  if (!isOwnPage) await renewProblems();
};

/** News that come while others are taken are taken next, the newest only. */
const hear = async (told) => {
  waiting = told;
  if (busy) return;
  busy = true;
  while (waiting) {
    const next = waiting;
    waiting = null;
    // The preview has gone again, or could not answer: the next news say more.
    await take(next).catch(() => {});
  }
  busy = false;
};

const listen = () => {
  if (events && events.readyState !== EventSource.CLOSED) return;
  events = new EventSource(`/_shirube/events?page=${encodeURIComponent(decodedPath())}`);
  events.onopen = () => setGone(false);
  events.onmessage = ({ data }) => hear(JSON.parse(data));
  events.onerror = () => {
    setGone(true);
    // A browser that has given up does not ask again by itself.
    if (events?.readyState === EventSource.CLOSED) setTimeout(tune, 1000);
  };
};

const deafen = () => {
  events?.close();
  events = null;
};

const askForNews = async () => {
  if (document.visibilityState !== "visible") return;
  try {
    hear(await (await fetch("/_shirube/news", { cache: "no-store" })).json());
    setGone(false);
  } catch {
    setGone(true);
  }
};

// A browser has six connections to a place, and each listener holds one for good. The page
// that was used last listens, and some others; the rest ask each second while they are seen.
let keeps = false;
let asking = 0;
const tune = () => {
  clearInterval(asking);
  if (keeps || leads) return listen();
  deafen();
  asking = setInterval(askForNews, 1000);
  askForNews();
};

const never = () => new Promise(() => {});
for (const place of [1, 2, 3]) {
  navigator.locks?.request(`shirube-${place}`, { ifAvailable: true }, (lock) => {
    if (!lock || keeps) return undefined;
    keeps = true;
    tune();
    return never();
  });
}

// In each browser the page that was used last follows the writer. A page that asks twice has
// asked once: what becomes of an earlier claim says nothing about who leads now.
let claim = 0;
const takeLead = (steal) => {
  claim += 1;
  const mine = claim;
  navigator.locks
    ?.request("shirube-follow", { steal }, () => {
      if (mine !== claim) return undefined;
      leads = true;
      tune();
      return never();
    })
    .catch(() => {
      if (mine !== claim) return;
      leads = false;
      tune();
      takeLead(false);
    });
};
if (!navigator.locks) leads = true;
addEventListener("focus", () => {
  // To listen anew says at what the writer looks now: that is drawn first.
  deafen();
  if (leads) tune();
  else takeLead(true);
});
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && tune());
addEventListener("pagehide", () => {
  clearInterval(asking);
  deafen();
});
addEventListener("pageshow", (event) => event.persisted && tune());

const start = async () => {
  takeLead(document.hasFocus());
  tune();
  const follow = sessionStorage.getItem("shirube-follow");
  sessionStorage.removeItem("shirube-follow");
  if (follow) show(JSON.parse(follow));
  await noteFiles().catch(() => {});
};
// After the scripts of the page.
if (document.readyState === "complete") start();
else addEventListener("DOMContentLoaded", start);
