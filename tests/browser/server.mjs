// Serves a published folder as the product's own server files would have it served: with
// the strict policy as a header, the right types, and 404.html for unknown addresses.

import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

/** The promise of the product, word for word. */
export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
  "media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".gif": "image/gif",
  ".xml": "application/xml",
  ".txt": "text/plain; charset=utf-8",
};

/**
 * Serves `folder` on a free port of this machine; `address` ends with a slash.
 * A test may hold answers back: `hold(path)` gives a promise that the answer waits for,
 * `holdHalf(path)` one that its second half waits for.
 */
export async function publish(folder, { hold, holdHalf } = {}) {
  const server = createServer(async (request, response) => {
    const path = pathOf(request.url);
    if (path === null) return response.writeHead(400).end();
    await hold?.(path);
    const { file, status, location } = await answerFor(folder, path);
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    if (location) response.setHeader("Location", location);
    if (!file) return response.writeHead(status).end();
    response.writeHead(status, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream" });
    const waiting = holdHalf?.(path);
    if (!waiting) return createReadStream(file).pipe(response);
    const bytes = await readFile(file);
    response.write(bytes.subarray(0, bytes.length / 2));
    await waiting;
    response.end(bytes.subarray(bytes.length / 2));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const address = `http://127.0.0.1:${server.address().port}/`;
  const stop = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return { address, stop };
}

/** The path that is asked for; null for an address with a stray percent sign. */
function pathOf(url) {
  try {
    return normalize(decodeURIComponent(new URL(url, "http://x/").pathname));
  } catch {
    return null;
  }
}

async function answerFor(folder, path) {
  const named = join(folder, path);
  const found = await stat(named).catch(() => null);
  if (found?.isFile()) return { file: named, status: 200 };
  if (found?.isDirectory() && !path.endsWith("/")) {
    return { status: 301, location: `${encodeURI(path)}/` };
  }
  const index = join(named, "index.html");
  if (await stat(index).catch(() => null)) return { file: index, status: 200 };
  // The nearest 404.html upward answers, as web servers for several languages are set up.
  for (let above = path; above !== "/"; ) {
    above = normalize(join(above, "..", "/"));
    const missing = join(folder, above, "404.html");
    if (await stat(missing).catch(() => null)) return { file: missing, status: 404 };
  }
  return { status: 404 };
}

// By hand: node server.mjs FOLDER
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { address } = await publish(process.argv[2]);
  console.log(address);
}
