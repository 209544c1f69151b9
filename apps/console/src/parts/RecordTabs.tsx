import { Box, Tab, Tabs } from '@mui/material'
import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router-dom'

export type RecordTab = {
  /** In the address, so that a tab can be linked. */
  readonly key: string
  readonly label: string
  readonly content: () => ReactNode
}

/** The parts of a record as tabs, the first at first. Only the chosen one is loaded. */
export function RecordTabs({ tabs, label }: { tabs: readonly RecordTab[]; label: string }) {
  const [search, setSearch] = useSearchParams()
  const chosen = tabs.find(({ key }) => key === search.get('tab')) ?? tabs[0]
  if (chosen === undefined) return null
  return (
    <>
      <Tabs
        value={chosen.key}
        onChange={(_event, key: string) => setSearch({ tab: key }, { replace: true })}
        aria-label={label}
        variant="scrollable"
        scrollButtons="auto"
        sx={{ mb: 2, minHeight: 40, borderBottom: 1, borderColor: 'divider' }}
      >
        {tabs.map(({ key, label: text }) => (
          <Tab
            key={key}
            value={key}
            label={text}
            id={`tab-${key}`}
            aria-controls={`panel-${key}`}
            sx={{ minHeight: 40, textTransform: 'none' }}
          />
        ))}
      </Tabs>
      <Box key={chosen.key} role="tabpanel" id={`panel-${chosen.key}`} aria-labelledby={`tab-${chosen.key}`}>
        {chosen.content()}
      </Box>
    </>
  )
}
