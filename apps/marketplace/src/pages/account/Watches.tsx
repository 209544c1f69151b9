import type { Schema } from '@droplock/sdk/client'
import { Anchor, Badge, Button, Group, Skeleton, Stack, Table, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Link } from 'wouter'
import { useApi } from '../api.ts'
import { WhyNot } from '../names/WhyNot.tsx'
import { PageLinks, useCursor } from '../parts/PageLinks.tsx'
import { Problem } from '../parts/Problem.tsx'
import { Said } from '../parts/Said.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import { Countdown, MoneyText, NameText, TimeText } from '../parts/texts.tsx'
import { useChange } from '../parts/use-change.ts'
import { useHref, useViewing } from '../viewing.tsx'
import { watchesQuery } from './queries.ts'

type Watch = Schema<'Watch'>

type Said = { readonly what: 'added' | 'removed'; readonly name: string }

/** The names that the account watches, with what is known of each. */
export function Watches() {
  const t = useTranslations('watches')
  const api = useApi()
  const { viewer } = useViewing()
  const { data, error, refetch } = useQuery(watchesQuery(api, useCursor()))
  const [said, setSaid] = useState<Said>()
  const mayChange = viewer?.role !== 'viewer'
  const remove = useChange<string>({
    change: (name) => api.delete('/v1/watches/{name}', { params: { path: { name } } }),
    changes: ['watches'],
    onDone: (_, name) => setSaid({ what: 'removed', name }),
  })
  return (
    <Stack gap="md">
      <Text>{t('about')}</Text>
      {mayChange ? <AddWatch onAdded={(name) => setSaid({ what: 'added', name })} /> : null}
      <Said text={said === undefined ? undefined : t(said.what, { name: said.name })} />
      {remove.error === null ? null : <Problem error={remove.error} />}
      {error === null ? null : <Problem error={error} onAgain={() => void refetch()} />}
      {data === undefined ? (
        error === null && <Skeleton height={240} />
      ) : data.items.length === 0 ? (
        <Text c="dimmed">{t('none')}</Text>
      ) : (
        <WatchesTable
          items={data.items}
          removing={remove.isPending ? remove.variables : undefined}
          {...(mayChange && { onRemove: remove.mutate })}
        />
      )}
      <PageLinks next={data?.next} />
    </Stack>
  )
}

function AddWatch({ onAdded }: { onAdded: (name: string) => void }) {
  const t = useTranslations('watches')
  const api = useApi()
  const [name, setName] = useState('')
  const add = useChange<string, Watch>({
    change: (wanted) => api.put('/v1/watches/{name}', { params: { path: { name: wanted } } }),
    changes: ['watches'],
    onDone: (watch) => {
      onAdded(watch.name)
      setName('')
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() !== '' && !add.isPending) add.mutate(name.trim())
      }}
    >
      <Group align="end" gap="sm">
        <TextInput
          label={t('name')}
          description={t('nameAbout')}
          value={name}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          w={{ base: '100%', xs: 320 }}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button type="submit" loading={add.isPending}>
          {t('watch')}
        </Button>
      </Group>
      {add.error === null ? null : <Problem error={add.error} />}
    </form>
  )
}

type WatchesTableProps = {
  readonly items: readonly Watch[]
  /** The name that is being taken off. */
  readonly removing: string | undefined
  readonly onRemove?: (name: string) => void
}

function WatchesTable({ items, removing, onRemove }: WatchesTableProps) {
  const t = useTranslations('watches')
  const names = useTranslations('names')
  return (
    <Sheet isCards verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('name')}</Table.Th>
          <Table.Th ta="right">{names('priceColumn')}</Table.Th>
          <Table.Th>{t('state')}</Table.Th>
          <Table.Th>{t('closes')}</Table.Th>
          <Table.Th aria-label={t('order')} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((watch) => (
          <WatchRow
            key={watch.name}
            watch={watch}
            isRemoved={removing === watch.name}
            {...(onRemove !== undefined && { onRemove: () => onRemove(watch.name) })}
          />
        ))}
      </Table.Tbody>
    </Sheet>
  )
}

type WatchRowProps = { readonly watch: Watch; readonly isRemoved: boolean; readonly onRemove?: () => void }

function WatchRow({ watch: { name, listing }, isRemoved, onRemove }: WatchRowProps) {
  const t = useTranslations('watches')
  const href = useHref()
  const isComing = listing?.state === 'open' || listing?.state === 'upcoming'
  return (
    <Table.Tr>
      <Table.Td className="main">
        {listing === undefined ? (
          <NameText name={name} />
        ) : (
          <Anchor component={Link} href={href(`/names/${name}`)} fw={600}>
            <NameText name={name} />
          </Anchor>
        )}
      </Table.Td>
      <Table.Td ta="right" className="figure">
        {listing?.price === undefined ? '–' : <MoneyText amount={listing.price} />}
      </Table.Td>
      <Table.Td data-label={t('state')}>
        {listing === undefined ? (
          t('notListed')
        ) : listing.orderable ? (
          <Badge variant="light" tt="none">
            {t('canOrder')}
          </Badge>
        ) : (
          <WhyNot listing={listing} />
        )}
      </Table.Td>
      <Table.Td data-label={t('closes')}>
        {listing === undefined || !isComing ? (
          '–'
        ) : (
          <>
            <TimeText at={listing.cutoff_at} />
            <Text size="sm" c="dimmed" component="div">
              <Countdown to={listing.cutoff_at} />
            </Text>
          </>
        )}
      </Table.Td>
      <Table.Td ta="right" className="action">
        {onRemove === undefined ? null : (
          <Group gap="xs" justify="flex-end" wrap="nowrap">
            {listing?.orderable === true ? (
              <Button
                component={Link}
                href={href(`/order?name=${encodeURIComponent(name)}`)}
                size="xs"
                aria-label={t('orderName', { name })}
              >
                {t('order')}
              </Button>
            ) : null}
            <Button
              size="xs"
              variant="default"
              loading={isRemoved}
              onClick={onRemove}
              aria-label={t('unwatchName', { name })}
            >
              {t('remove')}
            </Button>
          </Group>
        )}
      </Table.Td>
    </Table.Tr>
  )
}
