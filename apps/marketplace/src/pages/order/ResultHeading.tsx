import { Title } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import { callTo } from '../parts/Said.tsx'

/**
 * The heading of a page that changes by what was done: the focus moves to it, so that screen readers say it. Whoever has gone on to the menu
 * meanwhile is left there.
 */
export function ResultHeading({ children, about }: { children: ReactNode; about: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  // oxlint-disable-next-line react/exhaustive-deps
  useEffect(() => callTo(heading.current, heading.current?.closest('main')), [about])
  return (
    <Title order={1} ref={heading} tabIndex={-1} className="result">
      {children}
    </Title>
  )
}
