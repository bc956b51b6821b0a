// Runs before the first paint, so that the chosen colour scheme never flashes.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const scheme = localStorage.getItem("scheme");
    if (scheme === "light" || scheme === "dark") root.dataset.scheme = scheme;
  } catch {
    // Storage is closed to us, as on file:// in some browsers: the system's scheme holds.
  }
})();
