import { Box, Stack, Typography } from '@mui/material'
import type { ReactNode } from 'react'
import type { ListSource, Today } from '../api/types.ts'
import { countText, countUpToText } from '../format/money.ts'
import { counted } from '../format/words.ts'
import { AppLink, listLink, recordLink } from '../parts/links.tsx'
import { Nothing, Section } from '../parts/Page.tsx'
import { AgeText } from '../parts/texts.tsx'
import { SourceHealth } from '../sources/SourceHealth.tsx'

/** How drop lists come in: the last one, what is late, failing, held back or running, each with the page where it is solved. */
export function Syncs({ today }: { today: Today }) {
  const { last_published, running, ready, sources, unhealthy_sources, unhealthy } = today.syncs
  const held = today.waiting.quarantined_runs
  if (last_published === undefined && sources + running + ready + held === 0) {
    return (
      <Section title="Syncs">
        <Nothing title="No lists yet">
          <AppLink to={listLink('sync-runs')}>Upload a list</AppLink> or{' '}
          <AppLink to={listLink('list-sources')}>add a source</AppLink>.
        </Nothing>
      </Section>
    )
  }
  return (
    <Section title="Syncs" beside={<AppLink to={listLink('sync-runs')}>View syncs</AppLink>}>
      <Stack sx={{ px: 2, py: 1.25, gap: 1 }}>
        <Fact label="Last published">
          {last_published === undefined ? (
            'None yet'
          ) : (
            <>
              <AppLink to={recordLink('sync-runs', last_published.id)}>{last_published.source}</AppLink>{' '}
              <AgeText since={last_published.published_at ?? last_published.created_at} /> ago
              <Typography variant="caption" color="textSecondary" component="div">
                {summary(last_published)}
              </Typography>
            </>
          )}
        </Fact>
        <Fact label="Now">
          {running + ready + held === 0 ? (
            'Nothing running or held back'
          ) : (
            <Stack direction="row" sx={{ flexWrap: 'wrap', columnGap: 1.5 }}>
              <Runs state="running" count={running} text="running" />
              <Runs state="ready" count={ready} text="to publish" />
              <Runs state="quarantined" count={held} text="held back" />
            </Stack>
          )}
        </Fact>
        <Fact label="Sources">
          {sources === 0 ? (
            <AppLink to={listLink('list-sources')}>No sources enabled</AppLink>
          ) : (
            <AppLink to={listLink('list-sources')}>
              {unhealthy_sources === 0
                ? `All ${countText(sources)} healthy`
                : `${countText(unhealthy_sources)} of ${countText(sources)} late or failing`}
            </AppLink>
          )}
        </Fact>
        {unhealthy.map((source) => (
          <Unhealthy key={source.id} source={source} />
        ))}
      </Stack>
    </Section>
  )
}

function Runs({ state, count, text }: { state: string; count: number; text: string }) {
  if (count === 0) return null
  return <AppLink to={listLink('sync-runs', { state })}>{`${countUpToText(count)} ${text}`}</AppLink>
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box sx={{ overflowWrap: 'anywhere' }}>
      <Typography variant="caption" color="textSecondary" component="div">
        {label}
      </Typography>
      {children}
    </Box>
  )
}

function Unhealthy({ source }: { source: ListSource }) {
  return (
    <Box sx={{ overflowWrap: 'anywhere' }}>
      <AppLink to={recordLink('list-sources', source.id)}>{source.address}</AppLink>
      <div>
        <SourceHealth source={source} />
        {source.failures === 0 ? null : (
          <Typography variant="caption" color="textSecondary">
            {' '}
            {counted(source.failures, 'failed try', 'failed tries')}
          </Typography>
        )}
      </div>
    </Box>
  )
}

function summary({
  rows_read,
  rows_rejected,
  counts,
}: NonNullable<Today['syncs']['last_published']>): string {
  const rows = `${counted(rows_read, 'row')}, ${countText(rows_rejected)} rejected`
  if (counts === undefined) return rows
  return `${rows}; ${countText(counts.added)} added, ${countText(counts.moved)} moved, ${countText(counts.suspected)} suspect`
}
