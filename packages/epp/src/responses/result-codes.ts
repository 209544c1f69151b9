/** RFC 5730 §3, all of them. */
export const RESULT_CODES = [
  1000, 1001, 1300, 1301, 1500, 2000, 2001, 2002, 2003, 2004, 2005, 2100, 2101, 2102, 2103, 2104, 2105, 2106,
  2200, 2201, 2202, 2300, 2301, 2302, 2303, 2304, 2305, 2306, 2307, 2308, 2400, 2500, 2501, 2502,
] as const

export type ResultCode = (typeof RESULT_CODES)[number]

const known: ReadonlySet<number> = new Set(RESULT_CODES)

/** Whether RFC 5730 knows the code. Registries' own codes still follow its first two digits. */
export function isResultCode(code: number): code is ResultCode {
  return known.has(code)
}

/** 1xxx: the command was carried out, or will be (1001). */
export function isSuccess(code: number): boolean {
  return code >= 1000 && code < 2000
}

/** x5xx: the registry closes the connection after this answer. RFC 5730 §3. */
export function endsSession(code: number): boolean {
  return Math.floor(code / 100) % 10 === 5
}
