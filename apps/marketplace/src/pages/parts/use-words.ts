import { useTranslations } from 'use-intl'

/** What a code means, in the words of the pages where they have some, else as the API said it. */
export function useWords(): (refused: { readonly code: string; readonly detail: string }) => string {
  const t = useTranslations('problems')
  return ({ code, detail }) => {
    const known = `codes.${code}`
    return t.has(known as never) ? t(known as never) : detail
  }
}
