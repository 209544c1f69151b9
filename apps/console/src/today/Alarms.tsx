import { Box } from '@mui/material'
import { AlarmFacts, AlarmText, toneOf } from '../alarms/AlarmText.tsx'
import { CloseAlarmButton } from '../alarms/CloseAlarmButton.tsx'
import type { Alarm } from '../api/types.ts'
import { counted } from '../format/words.ts'
import { AppLink, listLink } from '../parts/links.tsx'
import { Section } from '../parts/Page.tsx'
import { AgeText } from '../parts/texts.tsx'

/** The first open alarms, urgent ones first; nothing while there are none. */
export function Alarms({ alarms, total }: { alarms: readonly Alarm[]; total: number }) {
  if (alarms.length === 0) return null
  return (
    <Section
      title="Alarms"
      beside={
        <AppLink to={listLink('alarms')}>
          {total > alarms.length ? `View all ${counted(total, 'alarm')}` : 'View alarms'}
        </AppLink>
      }
    >
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {alarms.map((alarm) => (
          <Item key={alarm.id} alarm={alarm} />
        ))}
      </Box>
    </Section>
  )
}

function Item({ alarm }: { alarm: Alarm }) {
  return (
    <Box
      component="li"
      sx={{
        display: 'flex',
        alignItems: 'center',
        flexWrap: 'wrap',
        justifyContent: 'flex-end',
        gap: 1.5,
        px: 2,
        py: 0.75,
        borderBottom: 1,
        borderColor: 'divider',
        '&:last-child': { borderBottom: 0 },
      }}
    >
      <Box sx={{ width: 6, height: 30, borderRadius: 1, bgcolor: `${toneOf(alarm)}.main`, flex: 'none' }} />
      <Box sx={{ flex: '1 1 240px', minWidth: 0, overflowWrap: 'anywhere' }}>
        <AlarmText alarm={alarm} />
        <AlarmFacts alarm={alarm} />
      </Box>
      <Box component="span" sx={{ color: 'text.secondary', whiteSpace: 'nowrap' }}>
        for <AgeText since={alarm.raised_at} />
      </Box>
      <CloseAlarmButton alarm={alarm} />
    </Box>
  )
}
