// Starts Chromium and Shirube for the tests, and ends only what it started.

import { spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const program = process.env.SHIRUBE ?? join(root, "target/debug/shirube");

/** Debian's Chromium without anything that asks the network by itself. */
export const launch = () =>
  chromium.launch({
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
  });

/** A copy of the help desk that a test may edit. */
export async function copyOfHelpDesk() {
  const folder = await mkdtemp(join(tmpdir(), "shirube-"));
  for (const part of ["content", "locales", "themes", "static", "shirube.yaml"]) {
    await cp(join(root, part), join(folder, part), { recursive: true }).catch((error) => {
      if (error.code !== "ENOENT") throw error;
    });
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Builds the site in `folder` and gives the published folder. */
export async function build(folder) {
  const child = spawn(program, ["build", "--site", folder, "--date", "2026-11-01"]);
  const code = await new Promise((done) => child.on("close", done));
  if (code !== 0) throw new Error(`build ended with ${code}`);
  return join(folder, "public");
}

/** Starts the preview of `folder`; its address is the first line that it prints. */
export async function serve(folder) {
  const child = spawn(program, ["serve", "--site", folder, "--date", "2026-11-01"]);
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
    if (line.type() === "error") faults.push(`console: ${line.text()}`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(own) && !url.startsWith("data:")) faults.push(`asked ${url}`);
  });
  return faults;
}
