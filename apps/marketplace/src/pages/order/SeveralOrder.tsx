import { Anchor, Paper, Stack, Table, Text, Title } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Link } from 'wouter'
import { useApi } from '../api.ts'
import { MoneyText, NameText } from '../parts/texts.tsx'
import { useHref } from '../viewing.tsx'
import { ContactChoice } from './ContactChoice.tsx'
import { checkQuery, type OrderCheck, obstacleOf } from './checks.ts'
import { NAMES_MAX, searchOfChosen } from './chosen.ts'
import { PlaceSeveral } from './PlaceSeveral.tsx'
import { useReason } from './use-reason.ts'

/** Several names at once: each is checked, then all are paid from the balance, or one after the other by card. */
export function SeveralOrder({ names }: { names: readonly string[] }) {
  const t = useTranslations('order')
  const api = useApi()
  const [contactId, setContactId] = useState<string>()
  const checks = useQueries({ queries: names.map((name) => checkQuery(api, name)) })
  const ready = checks.flatMap(({ data }) =>
    data !== undefined && obstacleOf(data) === undefined && data.price !== undefined
      ? [{ name: data.name, price: data.price }]
      : [],
  )
  return (
    <Stack gap="lg">
      <header>
        <Title order={1}>{t('several', { count: names.length })}</Title>
        <Text mt={4} maw={680}>
          {t('bulkAbout')}
        </Text>
        {names.length === NAMES_MAX ? (
          <Text size="sm" c="dimmed">
            {t('tooManyNames', { max: NAMES_MAX })}
          </Text>
        ) : null}
      </header>
      <Table className="cards" verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('name')}</Table.Th>
            <Table.Th ta="right">{t('price')}</Table.Th>
            <Table.Th>{t('state')}</Table.Th>
            <Table.Th aria-label={t('leaveOutShort')} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {names.map((name, index) => (
            <NameRow
              key={name}
              name={name}
              check={checks[index]?.data}
              error={checks[index]?.error ?? null}
              others={names.filter((other) => other !== name)}
            />
          ))}
        </Table.Tbody>
      </Table>
      <ContactChoice contactId={contactId} onChoose={setContactId} />
      <Paper withBorder p="lg" radius="md" maw={560}>
        <PlaceSeveral
          ready={ready}
          contactId={contactId}
          isChecking={checks.some(({ isPending }) => isPending)}
          onRefused={() => void Promise.all(checks.map(({ refetch }) => refetch()))}
        />
      </Paper>
    </Stack>
  )
}

type NameRowProps = {
  readonly name: string
  readonly check: OrderCheck | undefined
  readonly error: Error | null
  readonly others: readonly string[]
}

function NameRow({ name, check, error, others }: NameRowProps) {
  const t = useTranslations('order')
  const href = useHref()
  return (
    <Table.Tr>
      <Table.Td className="main">
        <Anchor component={Link} href={href(`/names/${encodeURIComponent(name)}`)} fw={600}>
          <NameText name={check?.name ?? name} />
        </Anchor>
      </Table.Td>
      <Table.Td ta="right" className="figure">
        {check?.price === undefined ? '–' : <MoneyText amount={check.price} />}
      </Table.Td>
      <Table.Td data-label={t('state')}>
        <NameState check={check} error={error} />
      </Table.Td>
      <Table.Td ta="right" className="action">
        <Anchor
          component={Link}
          href={href(`/order${searchOfChosen({ names: others, step: undefined })}`)}
          aria-label={t('leaveOut', { name })}
          size="sm"
        >
          {t('leaveOutShort')}
        </Anchor>
      </Table.Td>
    </Table.Tr>
  )
}

/** Whether a name can be ordered, and what to look at before. */
function NameState({ check, error }: Pick<NameRowProps, 'check' | 'error'>) {
  const t = useTranslations('order')
  const say = useReason()
  if (check === undefined) return error === null ? t('checking') : say({ code: 'unavailable', detail: '' })
  const obstacle = obstacleOf(check)
  const { look_alike: lookAlike } = check
  if (obstacle !== undefined) return say(obstacle)
  if (lookAlike === undefined) return t('ready')
  const { looks_like: plain } = lookAlike
  return (
    <Text component="strong" fw={600}>
      {plain === undefined ? t('mixesOf') : t('lookAlikeOf', { plain })}
    </Text>
  )
}
