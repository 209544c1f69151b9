import type { ReactNode } from 'react'
import { Layout } from 'react-admin'
import { ConsoleAppBar } from './ConsoleAppBar.tsx'
import { ConsoleMenu } from './ConsoleMenu.tsx'

export function ConsoleLayout({ children }: { children?: ReactNode }) {
  return (
    <Layout
      appBar={ConsoleAppBar}
      appBarAlwaysOn
      menu={ConsoleMenu}
      sx={{
        // What is wide scrolls in its own frame, never the page with it.
        minWidth: 0,
        '& .RaLayout-content': { p: 0, minWidth: 0 },
        '& .RaSidebar-fixed': { borderRight: 1, borderColor: 'divider' },
      }}
    >
      {children}
    </Layout>
  )
}
