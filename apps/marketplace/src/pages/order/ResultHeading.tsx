import { Title } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'

/** The heading of a page that changes by what was done: the focus moves to it, so that screen readers say it. */
export function ResultHeading({ children, about }: { children: ReactNode; about: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  // oxlint-disable-next-line react/exhaustive-deps
  useEffect(() => heading.current?.focus(), [about])
  return (
    <Title order={1} ref={heading} tabIndex={-1} className="result">
      {children}
    </Title>
  )
}
