/** A console left open at lunch is closed after it. */
export const IDLE_SECONDS_MAX = 30 * 60

/** A working day; then the password is asked for again. */
export const SESSION_SECONDS_MAX = 12 * 60 * 60

/** Activity is noted no more often: a page with ten requests is one write. */
export const SEEN_SECONDS_MIN = 60
