// Loads the page again when the preview shows another state of the site.
"use strict";
(() => {
  const { mark } = document.currentScript.dataset;
  const events = new EventSource(`/_shirube/events?page=${encodeURIComponent(decodeURI(location.pathname))}`);
  events.onmessage = ({ data }) => {
    const told = JSON.parse(data);
    if (`${told.run}-${told.pages}` !== mark) location.reload();
  };
})();
