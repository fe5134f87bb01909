// How much of an archive is taken. Huawei's own are far below; what is above is an attack or a mistake,
// and must fill neither the memory nor the disk.

const MIB = 1024 * 1024

export type Limits = {
  /** Of the archive. */
  readonly mostBytes: number
  /** How many times its size an archive may unpack to. */
  readonly mostExpansion: number
  readonly mostEntries: number
  /** Of one row, quotes included; a resource tag alone may have 11,000 characters. */
  readonly mostRowBytes: number
}

export const LIMITS: Limits = {
  mostBytes: 4096 * MIB,
  mostExpansion: 200,
  mostEntries: 10_000,
  mostRowBytes: MIB / 4,
}
