// Starts Chromium and Shirube for the tests, and ends only what it started.

import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { publish } from "./server.mjs";

export const here = dirname(fileURLToPath(import.meta.url));
export const root = resolve(here, "../..");
const program = process.env.SHIRUBE ?? join(root, "target/debug/shirube");

/** Arguments that keep Debian's Chromium from asking the network by itself. */
export const CHROMIUM = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

export const launch = (more = []) =>
  chromium.launch({ ...CHROMIUM, args: [...CHROMIUM.args, ...more] });

/** A context whose waits end soon enough that a missing thing is told, not waited for. */
export async function contextOf(browser, options = {}) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(Number(process.env.PATIENCE_MS ?? 15_000));
  return context;
}

const temporary = () => mkdtemp(join(tmpdir(), "shirube-"));
const remove = (folder) => rm(folder, { recursive: true, force: true });

/** A copy of the help desk that a test may edit. */
export async function copyOfHelpDesk() {
  const folder = await temporary();
  for (const part of ["content", "locales", "themes", "static", "shirube.yaml"]) {
    await cp(join(root, part), join(folder, part), { recursive: true }).catch((error) => {
      if (error.code !== "ENOENT") throw error;
    });
  }
  return { folder, remove: () => remove(folder) };
}

/** The day on which the tests build their sites. */
export const DAY = "2026-11-01";

/** Builds the site in `folder` and gives the published folder. */
export async function build(folder, more = [], out = join(folder, "public")) {
  const child = spawn(program, ["build", "--site", folder, "--out", out, "--date", DAY, ...more]);
  let said = "";
  child.stderr.on("data", (text) => (said += text));
  child.stdout.resume();
  const code = await new Promise((done) => child.on("close", done));
  if (code !== 0) throw new Error(`build ended with ${code}: ${said}`);
  return out;
}

/** A site published in a folder of its own and served with the strict policy. */
export async function published(site, more = [], options = {}) {
  const folder = await temporary();
  const out = await build(site, more, join(folder, "public"));
  const server = await publish(out, options);
  const close = async () => {
    await server.stop();
    await remove(folder);
  };
  return { folder: out, address: server.address, close };
}

/** The site with every kind of page and every element; drafts among them. */
export const sample = (options) => published(join(here, "site"), ["--strict", "--drafts"], options);

/** A small site that the index of the default theme is asked about. */
export const searchSite = (options) => published(join(here, "search-site"), ["--strict"], options);

/** The help desk of the repository. */
export const helpDesk = (options) => published(root, ["--strict"], options);

/** Files made at the time of the test, as a site: `{ "content/a.md": "…" }`. */
export async function siteOf(files) {
  const folder = await temporary();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return { folder, remove: () => remove(folder) };
}

/** The addresses of all pages below `folder`, relative to it, in order. */
export async function pagesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.name.endsWith(".html"))
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    .map((path) => path.replaceAll("\\", "/").replace(/(^|\/)index\.html$/, "$1"))
    .sort();
}

/** Starts the preview of `folder`; its address is the first line that it prints. */
export async function serve(folder, more = []) {
  const child = spawn(program, ["serve", "--site", folder, "--date", DAY, ...more]);
  child.stderr.resume();
  const lines = createInterface({ input: child.stdout });
  const address = await new Promise((found, failed) => {
    lines.once("line", found);
    child.once("exit", () => failed(new Error("the preview ended")));
  });
  return { address, stop: () => child.kill() };
}

/** Notes what a page must not do: errors, refused loads, requests to other hosts. */
export function watched(page, own) {
  const faults = [];
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("console", (line) => {
    // A page that is missing on purpose is answered with 404, which the console calls an error.
    if (line.type() === "error" && !/404\.html$|\/missing\//.test(line.location().url)) {
      faults.push(`console: ${line.text()} at ${line.location().url}`);
    }
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(own) && !url.startsWith("data:")) faults.push(`asked ${url}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && !/\/missing\//.test(response.url())) {
      faults.push(`answered ${response.status()}: ${response.url()}`);
    }
  });
  page.on("requestfailed", (request) => {
    // What was still under way when the test went to the next page is broken off.
    const why = request.failure()?.errorText;
    if (why !== "net::ERR_ABORTED") faults.push(`failed: ${request.url()} ${why}`);
  });
  return faults;
}

/** Counts what the page's own policy refuses, from its first line on. */
export async function countViolations(page) {
  await page.addInitScript(() => {
    window.violations = [];
    addEventListener("securitypolicyviolation", (event) => {
      window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
}
