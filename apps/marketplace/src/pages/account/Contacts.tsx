import { Alert, Badge, Button, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useApi } from '../api.ts'
import { zonesQuery } from '../names/listing-queries.ts'
import { Confirm } from '../parts/Dialog.tsx'
import { Section } from '../parts/Facts.tsx'
import { PageLinks, useCursor } from '../parts/PageLinks.tsx'
import { Problem } from '../parts/Problem.tsx'
import { Said } from '../parts/Said.tsx'
import { useList } from '../parts/texts.tsx'
import { useChange } from '../parts/use-change.ts'
import { useViewing } from '../viewing.tsx'
import { ContactForm } from './ContactForm.tsx'
import type { Contact } from './contact-fields.ts'
import { countryIn } from './countries.ts'
import { contactsQuery } from './queries.ts'

type Doing = 'nothing' | 'adding' | { readonly edit: string } | { readonly remove: Contact }

/** Who names are registered to. */
export function Contacts() {
  const t = useTranslations('contacts')
  const cursor = useCursor()
  const { data, error, refetch } = useQuery(contactsQuery(useApi(), cursor))
  const [doing, setDoing] = useState<Doing>('nothing')
  const [said, setSaid] = useState<'saved' | 'deleted'>()
  const done = (what?: 'saved' | 'deleted') => {
    setSaid(what)
    setDoing('nothing')
  }
  if (error !== null && data === undefined) return <Problem error={error} onAgain={() => void refetch()} />
  if (data === undefined) return <Skeleton height={240} />
  const isAdding = doing === 'adding' || (data.items.length === 0 && cursor === undefined)
  return (
    <Stack gap="md">
      <Text>{t('about')}</Text>
      <Said text={said === undefined ? undefined : t(said)} />
      {data.items.length === 0 ? <Text c="dimmed">{t('none')}</Text> : null}
      {isAdding ? (
        <Paper withBorder p="lg" component="section" aria-label={t('add')}>
          <Title order={2} size="h4" mb="sm">
            {t('add')}
          </Title>
          <ContactForm
            isDefault={data.items.length === 0}
            onDone={() => done('saved')}
            {...(doing === 'adding' && { onCancel: () => done() })}
          />
        </Paper>
      ) : (
        <div>
          <Button onClick={() => setDoing('adding')}>{t('add')}</Button>
        </div>
      )}
      {data.items.map((contact) => (
        <ContactCard
          key={contact.id}
          contact={contact}
          isEdited={typeof doing === 'object' && 'edit' in doing && doing.edit === contact.id}
          onEdit={() => setDoing({ edit: contact.id })}
          onRemove={() => setDoing({ remove: contact })}
          onDone={done}
        />
      ))}
      <PageLinks next={data.next} />
      <Text size="sm" c="dimmed">
        {t('orders')}
      </Text>
      <Needs />
      {typeof doing === 'object' && 'remove' in doing ? (
        <RemoveContact contact={doing.remove} onDone={done} />
      ) : null}
    </Stack>
  )
}

type ContactCardProps = {
  readonly contact: Contact
  readonly isEdited: boolean
  readonly onEdit: () => void
  readonly onRemove: () => void
  readonly onDone: (what?: 'saved') => void
}

function ContactCard({ contact, isEdited, onEdit, onRemove, onDone }: ContactCardProps) {
  const t = useTranslations('contacts')
  const actions = useTranslations('actions')
  const { language } = useViewing()
  const address = contact.int ?? contact.loc
  const name = address?.name ?? contact.email
  if (isEdited) return <EditContact id={contact.id} name={name} onDone={onDone} />
  const place = [address?.street.join(', '), address?.postal_code, address?.city, address?.province]
  const country = address === undefined ? undefined : countryIn(language, address.country)
  return (
    <Paper withBorder p="md" component="article" aria-label={name}>
      <Group justify="space-between" align="start" gap="sm">
        <div className="contact">
          <Group gap="xs">
            <Text fw={600}>{name}</Text>
            {contact.is_default ? (
              <Badge variant="light" tt="none">
                {t('default')}
              </Badge>
            ) : null}
          </Group>
          <Text size="sm">{address?.org}</Text>
          {contact.int !== undefined && contact.loc !== undefined ? (
            <Text size="sm">{contact.loc.name}</Text>
          ) : null}
          <Text size="sm" c="dimmed">
            {[...place, country].filter((part) => part !== undefined).join(', ')}
          </Text>
          <Text size="sm" c="dimmed">
            {[contact.email, contact.voice].filter((part) => part !== undefined).join(' · ')}
          </Text>
        </div>
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={onEdit} aria-label={t('edit', { name })}>
            {actions('edit')}
          </Button>
          <Button size="xs" variant="default" onClick={onRemove} aria-label={`${actions('delete')} ${name}`}>
            {actions('delete')}
          </Button>
        </Group>
      </Group>
      {contact.registries
        .filter(({ state }) => state === 'refused')
        .map(({ registry, message = '' }) => (
          <Alert key={registry} color="orange" variant="light" mt="sm">
            {t('refused', { registry, message })}
          </Alert>
        ))}
    </Paper>
  )
}

type EditContactProps = {
  readonly id: string
  readonly name: string
  readonly onDone: (what?: 'saved') => void
}

/** Reads the contact anew, with the version that the edit changes. */
function EditContact({ id, name, onDone }: EditContactProps) {
  const t = useTranslations('contacts')
  const api = useApi()
  const { data, error } = useQuery({
    queryKey: ['contact', id],
    queryFn: () => api.getVersioned('/v1/contacts/{id}', { params: { path: { id } } }),
    gcTime: 0,
  })
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <Paper withBorder p="lg" component="section" aria-label={t('edit', { name })}>
      <Title order={2} size="h4" mb="sm" ref={heading} tabIndex={-1}>
        {t('edit', { name })}
      </Title>
      {error === null ? null : <Problem error={error} />}
      {data === undefined ? (
        <Skeleton height={300} />
      ) : (
        <ContactForm edited={data} onDone={() => onDone('saved')} onCancel={() => onDone()} />
      )}
    </Paper>
  )
}

type RemoveContactProps = { readonly contact: Contact; readonly onDone: (what?: 'deleted') => void }

function RemoveContact({ contact: { id, int, loc, email }, onDone }: RemoveContactProps) {
  const t = useTranslations('contacts')
  const api = useApi()
  const remove = useChange({
    change: async () => {
      const { etag } = await api.getVersioned('/v1/contacts/{id}', { params: { path: { id } } })
      await api.delete('/v1/contacts/{id}', { params: { path: { id }, header: { 'If-Match': etag } } })
    },
    changes: ['contacts'],
    onDone: () => onDone('deleted'),
  })
  return (
    <Confirm
      title={t('deleteTitle', { name: (int ?? loc)?.name ?? email })}
      verb={t('delete')}
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={() => onDone()}
    >
      <Text>{t('deleteAbout')}</Text>
    </Confirm>
  )
}

/** What the registry of each zone keeps, in words. */
function Needs() {
  const t = useTranslations('contacts')
  const roleOf = useTranslations('zone.roles')
  const list = useList()
  const { currency } = useViewing()
  const { data } = useQuery(zonesQuery(useApi(), currency))
  if (data === undefined) return null
  const byRoles = Map.groupBy(data.items, ({ contact_roles }) => contact_roles.join(' '))
  return (
    <Section title={t('needs')}>
      <Text size="sm">{t('needsAbout')}</Text>
      <ul className="plain">
        {[...byRoles].map(([roles, zones]) => {
          const named = list(zones.map(({ unicode_zone }) => `.${unicode_zone}`))
          const [first] = zones
          return (
            <li key={roles}>
              {roles === '' || first === undefined
                ? t('needsNone', { zones: named })
                : t('needsRoles', {
                    zones: named,
                    roles: list(first.contact_roles.map((role) => roleOf(role))),
                  })}
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
