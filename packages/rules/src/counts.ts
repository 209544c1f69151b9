/** Lists and overviews count no further: counting millions takes seconds, and nobody reads the difference. Such a number means "or more". */
export const COUNTED_MAX = 10_000
