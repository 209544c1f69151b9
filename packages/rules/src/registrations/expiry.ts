/** The days before its expiry on which the holder of a name is told that it is not being renewed. */
export const EXPIRY_NOTICE_DAYS = [30, 7] as const
