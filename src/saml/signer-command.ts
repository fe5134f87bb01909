// A key that we do not have: a program asks the HSM or KMS for each signature. It gets the octets on
// standard input and prints the signature in Base64; what it prints is verified before it is used.

import { type ChildProcess, spawn } from 'node:child_process'
import { verify, type X509Certificate } from 'node:crypto'
import { Refusal } from '../base/errors.ts'
import { fingerprintOf, type SigningKey } from './signing-key.ts'

// A browser waits for this, and so do those behind it.
const TIMEOUT_MS = 5000
// An RSA key of 16384 bits makes 2732 characters.
const MOST_OUTPUT_BYTES = 4096

/**
 * The key behind a command. `sign` throws `SIGNER_FAILED` when the program cannot be started, takes
 * longer than five seconds, ends with another code than 0, prints too much, or prints anything but a
 * signature that fits the certificate.
 */
export function createCommandKey(
  command: readonly string[],
  certificate: X509Certificate,
  timeoutMs = TIMEOUT_MS,
): SigningKey {
  const [program = '', ...given] = command
  const key = ['--certificate-sha256', fingerprintOf(certificate)]
  const args = [...given, '--algorithm', 'rsa-sha256', ...key]
  return {
    certificate,
    certificateBase64: certificate.raw.toString('base64'),
    sign: async (octets) => {
      const printed = await run(program, args, { octets, timeoutMs })
      const signature = Buffer.from(printed, 'base64')
      // A wrong slot or a truncated line would otherwise be found out by Huawei, and by the customer.
      if (!verify('sha256', octets, certificate.publicKey, signature)) {
        throw failed(program, 'it printed no signature that fits the certificate')
      }
      return signature
    },
  }
}

type Task = { readonly octets: Buffer; readonly timeoutMs: number }

function run(program: string, args: readonly string[], task: Task): Promise<string> {
  return new Promise((resolve, reject) => {
    // No shell: nothing in an argument is ever a command. What it has to say is its own to log.
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] })
    const give = (settle: () => void) => {
      clearTimeout(timer)
      settle()
    }
    const giveUp = (problem: string, cause?: unknown) => {
      child.kill('SIGKILL')
      give(() => reject(failed(program, problem, cause)))
    }
    const timer = setTimeout(() => giveUp('it took too long'), task.timeoutMs)
    child.once('error', (error) => giveUp('it cannot be started', error))
    const printed = collect(child, () => giveUp('it printed too much'))
    child.once('close', (code, signal) => {
      if (code === 0) give(() => resolve(printed()))
      else giveUp(`it ended with ${code ?? signal}`)
    })
    // A program that ends without reading breaks the pipe; its exit code tells more.
    child.stdin?.on('error', () => {})
    child.stdin?.end(task.octets)
  })
}

function collect({ stdout }: ChildProcess, whenTooMuch: () => void): () => string {
  const chunks: Buffer[] = []
  let size = 0
  stdout?.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > MOST_OUTPUT_BYTES) whenTooMuch()
    else chunks.push(chunk)
  })
  return () => Buffer.concat(chunks).toString('ascii')
}

function failed(program: string, problem: string, cause?: unknown): Refusal {
  return new Refusal('SIGNER_FAILED', { program, problem }, cause)
}
