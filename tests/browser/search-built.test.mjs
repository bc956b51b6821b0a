// The scripts of the search in the default theme are those that their sources give.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { root } from "./browser.mjs";

const client = join(root, "src/search/client");
const skip = existsSync(join(client, "node_modules/esbuild")) ? false : "`npm ci` in src/search/client brings what builds them";

test("search.js and search-engine.js are built from their sources", { skip }, async () => {
  const out = await mkdtemp(join(tmpdir(), "shirube-"));
  try {
    // The last folder that is named wins.
    await promisify(execFile)("npm", ["run", "--silent", "build", "--", `--outdir=${out}`], { cwd: client });
    assert.deepEqual((await readdir(out)).sort(), ["search-engine.js", "search.js"]);
    for (const name of ["search.js", "search-engine.js"]) {
      const [built, own] = await Promise.all([join(out, name), join(root, "themes/default/assets", name)].map((file) => readFile(file)));
      assert.ok(built.equals(own), `${name} differs: \`npm run build\` in src/search/client, and commit it`);
    }
  } finally {
    await rm(out, { recursive: true, force: true });
  }
});
