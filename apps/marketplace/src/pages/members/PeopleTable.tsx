import { Badge, Button, Group, Table, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Sheet } from '../parts/Sheet.tsx'
import { TimeText } from '../parts/texts.tsx'
import { useViewing } from '../viewing.tsx'
import type { PersonOfAccount } from './people-queries.ts'

type PeopleTableProps = {
  readonly people: readonly PersonOfAccount[]
  /** Of an owner. */
  readonly onChange?: (person: PersonOfAccount) => void
  readonly onRemove?: (person: PersonOfAccount) => void
}

export function PeopleTable({ people, onChange, onRemove }: PeopleTableProps) {
  const t = useTranslations('people')
  return (
    <Sheet isCards verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('person')}</Table.Th>
          <Table.Th>{t('role')}</Table.Th>
          <Table.Th>{t('since')}</Table.Th>
          {onChange === undefined ? null : <Table.Th aria-label={t('change')} />}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {people.map((person) => (
          <PersonRow
            key={person.id}
            person={person}
            {...(onChange !== undefined && { onChange: () => onChange(person) })}
            {...(onRemove !== undefined && { onRemove: () => onRemove(person) })}
          />
        ))}
      </Table.Tbody>
    </Sheet>
  )
}

type PersonRowProps = {
  readonly person: PersonOfAccount
  readonly onChange?: () => void
  readonly onRemove?: () => void
}

function PersonRow({
  person: { id, name, email, role, since, expiresAt },
  onChange,
  onRemove,
}: PersonRowProps) {
  const t = useTranslations('people')
  const { viewer } = useViewing()
  const isInvited = name === null
  const label = name ?? email
  return (
    <Table.Tr>
      <Table.Td className="main">
        <Text fw={600} component="span" className="name">
          {label}
        </Text>{' '}
        {id === viewer?.id ? (
          <Badge variant="light" tt="none" ml={4}>
            {t('you')}
          </Badge>
        ) : null}
        {isInvited ? null : (
          <Text size="sm" c="dimmed" className="name">
            {email}
          </Text>
        )}
      </Table.Td>
      <Table.Td data-label={t('role')}>{t(`roles.${role}`)}</Table.Td>
      <Table.Td data-label={isInvited ? t('invitation') : t('since')}>
        {isInvited && expiresAt !== null ? (
          t.rich('validUntil', { at: () => <TimeText at={expiresAt} /> })
        ) : (
          <TimeText at={since} />
        )}
      </Table.Td>
      {onRemove === undefined ? null : (
        <Table.Td className="action" ta="right">
          <Group gap="xs" justify="flex-end" wrap="nowrap">
            {isInvited ? null : (
              <Button
                size="xs"
                variant="default"
                aria-label={t('changeOf', { name: label })}
                onClick={onChange}
              >
                {t('change')}
              </Button>
            )}
            <Button
              size="xs"
              variant="default"
              aria-label={t(isInvited ? 'withdrawOf' : 'removeOf', { name: label })}
              onClick={onRemove}
            >
              {t(isInvited ? 'withdraw' : 'remove')}
            </Button>
          </Group>
        </Table.Td>
      )}
    </Table.Tr>
  )
}
