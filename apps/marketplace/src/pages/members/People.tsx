import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { askOwn } from '../own.ts'
import { Confirm, Dialog } from '../parts/Dialog.tsx'
import { Problem } from '../parts/Problem.tsx'
import { useChange } from '../parts/use-change.ts'
import { useViewing } from '../viewing.tsx'
import { InviteForm } from './InviteForm.tsx'
import { PeopleTable } from './PeopleTable.tsx'
import { type PersonOfAccount, peopleQuery, type Role } from './people-queries.ts'
import { RoleChoice } from './RoleChoice.tsx'

/** The people of the account. An owner invites, gives roles and removes. */
export function People() {
  const t = useTranslations('people')
  const { viewer } = useViewing()
  const { data, error, refetch } = useQuery(peopleQuery())
  const [said, setSaid] = useState('')
  const [changing, setChanging] = useState<PersonOfAccount>()
  const [removing, setRemoving] = useState<PersonOfAccount>()
  const isOwner = viewer?.role === 'owner'
  return (
    <Stack gap="lg">
      <Text>{isOwner ? t('about') : t('aboutOthers')}</Text>
      <div role="status" className="said">
        {said === '' ? null : <Alert variant="light">{said}</Alert>}
      </div>
      {error === null ? null : <Problem error={error} onAgain={() => void refetch()} />}
      {data === undefined ? (
        error === null && <Skeleton height={180} />
      ) : (
        <PeopleTable people={data} {...(isOwner && { onChange: setChanging, onRemove: setRemoving })} />
      )}
      {isOwner ? <InviteForm onInvited={(email) => setSaid(t('invited', { email }))} /> : null}
      {changing === undefined ? null : (
        <ChangeRole person={changing} onSaid={setSaid} onClose={() => setChanging(undefined)} />
      )}
      {removing === undefined ? null : (
        <RemovePerson person={removing} onSaid={setSaid} onClose={() => setRemoving(undefined)} />
      )}
    </Stack>
  )
}

type ChangeProps = {
  readonly person: PersonOfAccount
  readonly onSaid: (text: string) => void
  readonly onClose: () => void
}

function ChangeRole({ person, onSaid, onClose }: ChangeProps) {
  const t = useTranslations('people')
  const actions = useTranslations('actions')
  const { viewer } = useViewing()
  const [role, setRole] = useState<Role>(person.role)
  const name = person.name ?? person.email
  const change = useChange({
    change: () => askOwn('POST', `/people/all/${person.id}/role`, { role }),
    changes: ['people'],
    onDone: () => {
      // What oneself may do is known to the whole page.
      if (person.id === viewer?.id) window.location.reload()
      onSaid(t('changed', { name, role: t(`roles.${role}`) }))
      onClose()
    },
  })
  return (
    <Dialog title={t('roleOf', { name })} onClose={onClose}>
      <RoleChoice value={role} onChange={setRole} />
      {change.error === null ? null : <Problem error={change.error} />}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {actions('back')}
        </Button>
        <Button loading={change.isPending} onClick={() => change.mutate()}>
          {t('saveRole')}
        </Button>
      </Group>
    </Dialog>
  )
}

function RemovePerson({ person, onSaid, onClose }: ChangeProps) {
  const t = useTranslations('people')
  const { viewer } = useViewing()
  const name = person.name ?? person.email
  const isInvited = person.name === null
  const remove = useChange({
    change: () => askOwn('DELETE', `/people/all/${person.id}`),
    changes: ['people'],
    onDone: () => {
      if (person.id === viewer?.id) window.location.assign('/')
      onSaid(t(isInvited ? 'withdrawn' : 'removed', { name }))
      onClose()
    },
  })
  return (
    <Confirm
      title={t(isInvited ? 'withdrawTitle' : 'removeTitle', { name })}
      verb={t(isInvited ? 'withdraw' : 'remove')}
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <Text>{t(isInvited ? 'withdrawAbout' : 'removeAbout')}</Text>
    </Confirm>
  )
}
