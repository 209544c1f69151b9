import { Box, Typography } from '@mui/material'
import type { NextWindow, Registry } from '../api/types.ts'
import { countText, countUpToText } from '../format/money.ts'
import { wallTime } from '../format/time.ts'
import { useNow, useRegistries } from '../parts/hooks.ts'
import { AppLink, listLink } from '../parts/links.tsx'
import { Section } from '../parts/Page.tsx'

const DAY_MS = 86_400_000
const HOURS_MARKED = [0, 12, 24, 36] as const

/** A window is shown at least this wide, so that one of a second can be seen. Percent. */
const WIDTH_MIN = 0.8

type Row = { readonly registry: string; readonly windows: readonly NextWindow[] }

/** Today and tomorrow in UTC: the drop windows of each registry as bars, their cut-offs as marks, and the time now as a line. */
export function Timeline({ windows }: { windows: readonly NextWindow[] }) {
  const nowMs = useNow(10_000)
  const fromMs = Math.floor(nowMs / DAY_MS) * DAY_MS
  const rows = rowsOf(windows, useRegistries(), fromMs)
  if (rows.length === 0) return null
  const placeOf = (at: string | number) => ((new Date(at).getTime() - fromMs) / (2 * DAY_MS)) * 100
  return (
    <Section title="Drops today and tomorrow" beside={<Legend />}>
      <Box
        sx={{ display: 'grid', gridTemplateColumns: 'minmax(90px, auto) minmax(220px, 1fr)', px: 2, py: 1 }}
      >
        <span />
        <Box sx={{ position: 'relative', height: 20 }}>
          {HOURS_MARKED.map((hour) => (
            <Typography
              key={hour}
              variant="caption"
              color="textSecondary"
              sx={{ position: 'absolute', left: `${(hour / 48) * 100}%`, whiteSpace: 'nowrap' }}
            >
              {hour % 24 === 0 ? (hour === 0 ? 'Today 00:00' : 'Tomorrow 00:00') : '12:00'}
            </Typography>
          ))}
        </Box>
        {rows.map((row) => (
          <Box key={row.registry} sx={{ display: 'contents' }}>
            <Typography noWrap sx={{ pr: 1.5, lineHeight: '28px', fontWeight: 550 }}>
              {row.registry}
            </Typography>
            <Box
              component="ul"
              aria-label={`Drop windows of ${row.registry}`}
              sx={{
                position: 'relative',
                m: 0,
                p: 0,
                listStyle: 'none',
                height: 28,
                borderTop: 1,
                borderColor: 'divider',
                overflow: 'hidden',
              }}
            >
              {row.windows.map((window) => (
                <Window key={`${window.zone} ${window.drop_from}`} window={window} placeOf={placeOf} />
              ))}
              <Box
                component="li"
                aria-label={`Now: ${wallTime(new Date(nowMs).toISOString(), 'UTC')} UTC`}
                sx={{
                  position: 'absolute',
                  left: `${placeOf(nowMs)}%`,
                  top: 0,
                  bottom: 0,
                  borderLeft: 2,
                  borderColor: 'error.main',
                }}
              />
            </Box>
          </Box>
        ))}
      </Box>
    </Section>
  )
}

type WindowProps = { readonly window: NextWindow; readonly placeOf: (at: string) => number }

function Window({ window, placeOf }: WindowProps) {
  const { zone, drop_from, drop_to, cutoff_at, listings, held } = window
  const left = placeOf(drop_from)
  const width = Math.max(WIDTH_MIN, placeOf(drop_to) - left)
  const text = `.${zone}: ${countUpToText(listings)} names, ${countText(held)} paid, ${wallTime(drop_from, 'UTC')} to ${wallTime(drop_to, 'UTC')} UTC; orders close ${wallTime(cutoff_at, 'UTC')} UTC`
  return (
    <>
      <Box
        component="li"
        aria-hidden
        title={`Orders for .${zone} close`}
        sx={{
          position: 'absolute',
          left: `${placeOf(cutoff_at)}%`,
          top: 5,
          height: 18,
          borderLeft: 2,
          borderStyle: 'dashed',
          borderColor: 'text.secondary',
        }}
      />
      <Box
        component="li"
        title={text}
        sx={{ position: 'absolute', left: `${left}%`, width: `${width}%`, top: 5 }}
      >
        <AppLink to={listLink('listings', { zone, window_from: drop_from, window_to: drop_to })}>
          <Box
            component="span"
            role="img"
            aria-label={text}
            sx={{
              display: 'block',
              height: 18,
              borderRadius: 0.5,
              bgcolor: held > 0 ? 'primary.main' : 'action.disabled',
            }}
          />
        </AppLink>
      </Box>
    </>
  )
}

function Legend() {
  return (
    <Typography variant="caption" color="textSecondary" sx={{ textAlign: 'right' }}>
      UTC · bar: window · dashes: orders close · red: now
    </Typography>
  )
}

/** The windows that begin by the end of tomorrow, by the registry of their zone. */
function rowsOf(windows: readonly NextWindow[], registries: readonly Registry[], fromMs: number): Row[] {
  const shown = windows.filter(({ drop_from }) => new Date(drop_from).getTime() < fromMs + 2 * DAY_MS)
  return registries
    .map(({ id, zones }) => ({ registry: id, windows: shown.filter(({ zone }) => zones.includes(zone)) }))
    .filter((row) => row.windows.length > 0)
}
