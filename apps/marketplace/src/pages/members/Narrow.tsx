import { Stack, Title } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'

type NarrowProps = {
  readonly title: string
  /** In place of something else on the same page: it is announced to whoever hears the page. */
  readonly replaces?: boolean
  readonly children: ReactNode
}

/** A page with one thing to do. */
export function Narrow({ title, replaces = false, children }: NarrowProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (replaces) heading.current?.focus()
  }, [replaces])
  return (
    <Stack gap="md" maw={440} mx="auto">
      <Title order={1} size="h2" ref={heading} tabIndex={-1}>
        {title}
      </Title>
      {children}
    </Stack>
  )
}
