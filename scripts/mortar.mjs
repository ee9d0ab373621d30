#!/usr/bin/env node
/** The `mortar` command: main.ts on the Node that the project pins. */
import { root, runPinned } from "./pinned.mjs"

runPinned([`${root}main.ts`, ...process.argv.slice(2)])
