// Loads the page again when the preview shows another state of the site.
// Where the reader was on the page is kept by the browser.
{
  let shown;
  const events = new EventSource("/_shirube/events");
  events.onmessage = (event) => {
    if (shown !== undefined && shown !== event.data) location.reload();
    shown = event.data;
  };
}
