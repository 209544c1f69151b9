import { useEffect } from 'react'
import { useMessages } from 'use-intl'
import { useLocation, useSearch } from 'wouter'
import { titleOf } from '../titles.ts'

/** The title of the page, within its texts. The server has written that of the first one. */
export function PageTitle() {
  const [at] = useLocation()
  const title = titleOf(at, useSearch(), useMessages())
  useEffect(() => void (document.title = title), [title])
  return null
}
