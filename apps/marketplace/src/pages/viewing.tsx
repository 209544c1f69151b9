import type { Language } from '@droplock/rules/members'
import { createContext, useContext } from 'react'
import type { PageState } from './page-state.ts'

/** Who looks at a page, in which language and currency. */
export type Viewing = Omit<PageState, 'queries'>

const ViewingContext = createContext<Viewing | undefined>(undefined)

export const ViewingProvider = ViewingContext.Provider

export function useViewing(): Viewing {
  const viewing = useContext(ViewingContext)
  if (viewing === undefined) throw new Error('pages are inside a ViewingProvider')
  return viewing
}

/** Whether orders and payments are offered: to visitors, who sign in first, and to all people but those who may only look. */
export function useMayOrder(): boolean {
  return useViewing().viewer?.role !== 'viewer'
}

/** The address of a page in the language of this one. */
export function useHref(): (path: string) => string {
  const { language } = useViewing()
  return (path) => hrefIn(language, path)
}

export function hrefIn(language: Language, path: string): string {
  return path === '/' ? `/${language}` : `/${language}${path}`
}
