// How far a long list is, on the last line of a terminal. Where nobody looks, nothing is written.

import { SingleBar } from 'cli-progress'
import type { Progress } from '../../partner/acting.ts'
import type { Output } from '../context.ts'

/** A bar on a terminal. */
export type ProgressBar = {
  readonly show: (progress: Progress) => void
  /** Takes the bar away, while something else is written or for good. */
  readonly hide: () => void
}

/** A bar on `output`; nothing at all when that is no terminal. */
export function createProgressBar(output: Output): ProgressBar {
  if (output.isTTY !== true) return { show: () => undefined, hide: () => undefined }
  const bar = new SingleBar({
    // The library asks for a stream of Node's and uses what an Output has: write, isTTY, columns.
    stream: output as unknown as NodeJS.WritableStream,
    format: '{bar} {value} of {total}',
    clearOnComplete: true,
    hideCursor: true,
    barsize: 30,
  })
  let isShown = false
  return {
    show: ({ found, total }) => {
      if (!isShown) bar.start(total ?? found, found)
      isShown = true
      bar.setTotal(total ?? found)
      bar.update(found)
    },
    hide: () => {
      if (isShown) bar.stop()
      isShown = false
    },
  }
}
