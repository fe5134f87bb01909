// How our programs end. The numbers are those of sysexits.h where it has one.

export const EXIT = {
  done: 0,
  refused: 1,
  usage: 2,
  fault: 70,
  configuration: 78,
  /** Ctrl+C, as shells report it: 128 and the number of SIGINT. */
  interrupted: 130,
} as const
