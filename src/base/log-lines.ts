// What may be logged with, whoever writes the lines: the service's log, a test's list, a program that
// uses the partner client as a library.

/** A line: an event name and the facts that belong to it. */
export type LogLine = (
  fields: { readonly event: string } & Record<string, unknown>,
  say?: string,
) => void

export type Log = {
  readonly debug: LogLine
  readonly info: LogLine
  readonly warn: LogLine
  readonly error: LogLine
}
