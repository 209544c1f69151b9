import { Alert, Badge, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { askOwn } from '../own.ts'
import { Section } from '../parts/Facts.tsx'
import { Problem } from '../parts/Problem.tsx'
import { TimeText } from '../parts/texts.tsx'
import { useChange } from '../parts/use-change.ts'
import { agentOf } from './agents.ts'
import { type SessionOfPerson, sessionsQuery } from './people-queries.ts'

/** Where the person is signed in. */
export function Sessions() {
  const t = useTranslations('security')
  const { data, error, refetch } = useQuery(sessionsQuery())
  const [said, setSaid] = useState('')
  const end = useChange<string | undefined>({
    change: (id) => askOwn('DELETE', id === undefined ? '/people/me/sessions' : `/people/me/sessions/${id}`),
    changes: ['sessions'],
    onDone: (_, id) => setSaid(id === undefined ? t('allEnded') : t('ended')),
  })
  return (
    <Section title={t('sessionsTitle')}>
      <Text mb="sm">{t('sessionsAbout')}</Text>
      {error === null ? null : <Problem error={error} onAgain={() => void refetch()} />}
      {data === undefined && error === null ? <Skeleton height={120} /> : null}
      <ul className="sessions">
        {data?.map((session) => (
          <SessionItem
            key={session.id}
            session={session}
            isEnding={end.isPending && end.variables === session.id}
            onEnd={() => end.mutate(session.id)}
          />
        ))}
      </ul>
      {end.error === null ? null : <Problem error={end.error} />}
      <div role="status">{said === '' ? null : <Alert variant="light">{said}</Alert>}</div>
      {(data?.length ?? 0) < 2 ? null : (
        <Button
          mt="sm"
          variant="default"
          loading={end.isPending && end.variables === undefined}
          onClick={() => end.mutate(undefined)}
        >
          {t('endOthers')}
        </Button>
      )}
    </Section>
  )
}

type SessionItemProps = {
  readonly session: SessionOfPerson
  readonly isEnding: boolean
  readonly onEnd: () => void
}

function SessionItem({
  session: { userAgent, address, createdAt, current },
  isEnding,
  onEnd,
}: SessionItemProps) {
  const t = useTranslations('security')
  const agent = agentOf(userAgent) ?? t('unknownBrowser')
  return (
    <li>
      <Stack gap={0}>
        <Group gap="xs">
          <Text fw={600} component="span">
            {agent}
          </Text>
          {current ? (
            <Badge variant="light" tt="none">
              {t('thisBrowser')}
            </Badge>
          ) : null}
        </Group>
        <Text size="sm" c="dimmed" className="bits">
          <span>{t.rich('since', { at: () => <TimeText at={createdAt} /> })}</span>
          {address === null ? null : <span>{address}</span>}
        </Text>
      </Stack>
      {current ? null : (
        <Button
          size="xs"
          variant="default"
          loading={isEnding}
          aria-label={t('endOf', { agent })}
          onClick={onEnd}
        >
          {t('end')}
        </Button>
      )}
    </li>
  )
}
