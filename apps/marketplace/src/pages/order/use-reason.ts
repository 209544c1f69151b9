import { useTranslations } from 'use-intl'
import type { Reason } from './checks.ts'

/** A reason against an order, in the words of the pages where they have some. */
export function useReason(): (reason: Pick<Reason, 'code' | 'detail'>) => string {
  const t = useTranslations('problems')
  return ({ code, detail }) => {
    const known = `codes.${code}`
    return t.has(known as never) ? t(known as never) : detail
  }
}
