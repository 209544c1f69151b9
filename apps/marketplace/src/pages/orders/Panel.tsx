import { Paper } from '@mantine/core'
import type { ReactNode } from 'react'

export function Panel({ children }: { children: ReactNode }) {
  return (
    <Paper withBorder p="md" radius="md">
      {children}
    </Paper>
  )
}
