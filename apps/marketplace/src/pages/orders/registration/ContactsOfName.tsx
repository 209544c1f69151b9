import type { Schema } from '@droplock/sdk/client'
import { Anchor, Button, Group, NativeSelect, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Link } from 'wouter'
import { contactsToChooseQuery } from '../../account/queries.ts'
import { type Registration, type RegistrationRequest, useApi } from '../../api.ts'
import { Facts, Section } from '../../parts/Facts.tsx'
import { useHref } from '../../viewing.tsx'
import { RequestForm } from './RequestForm.tsx'
import { isOpen, RequestState } from './RequestState.tsx'

type ContactsOfNameProps = {
  readonly registration: Registration
  readonly request: RegistrationRequest | undefined
}

/** To whom the name is registered, by role, and another contact for all of them. */
export function ContactsOfName({ registration, request }: ContactsOfNameProps) {
  const t = useTranslations('orders.contacts')
  const href = useHref()
  const { data: contacts } = useQuery(contactsToChooseQuery(useApi()))
  const [isOpenForm, setIsOpenForm] = useState(false)
  const nameOf = (id: string | undefined) => {
    const contact = contacts?.find((one) => one.id === id)
    return contact === undefined ? (id === undefined ? t('operator') : t('own')) : labelOf(contact)
  }
  const { contacts: roles } = registration
  return (
    <Section title={t('title')}>
      {roles === undefined || roles.length === 0 ? (
        <Text c="dimmed">{t(roles === undefined ? 'unknown' : 'none')}</Text>
      ) : (
        <Facts facts={roles.map(({ role, contact_id }) => [t(`roles.${role}`), nameOf(contact_id)])} />
      )}
      <RequestState request={request} />
      {contacts?.length === 0 ? (
        <Text size="sm" mt="xs">
          {t.rich('first', {
            add: (words) => (
              <Anchor key="add" component={Link} href={href('/account/contacts')} inherit>
                {words}
              </Anchor>
            ),
          })}
        </Text>
      ) : isOpenForm ? (
        <ChooseContact registrationId={registration.id} onDone={() => setIsOpenForm(false)} />
      ) : (
        <Group gap="md" mt="xs">
          <Button
            variant="default"
            disabled={isOpen(request) || contacts === undefined}
            onClick={() => setIsOpenForm(true)}
          >
            {t('change')}
          </Button>
          <Anchor component={Link} href={href('/account/contacts')}>
            {t('toContacts')}
          </Anchor>
        </Group>
      )}
    </Section>
  )
}

function ChooseContact({ registrationId, onDone }: { registrationId: string; onDone: () => void }) {
  const t = useTranslations('orders.contacts')
  const api = useApi()
  const { data: contacts = [] } = useQuery(contactsToChooseQuery(api))
  const [chosen, setChosen] = useState(contacts[0]?.id ?? '')
  const send = () =>
    api.put('/v1/registrations/{id}/contacts', {
      params: { path: { id: registrationId } },
      body: { contact_id: chosen },
    })
  return (
    <RequestForm send={send} onDone={onDone} labels={{ save: t('save'), cancel: t('cancel') }}>
      <NativeSelect
        label={t('label')}
        description={t('about')}
        value={chosen}
        autoFocus
        data={contacts.map((contact) => ({ value: contact.id, label: labelOf(contact) }))}
        onChange={({ currentTarget: { value } }) => setChosen(value)}
      />
    </RequestForm>
  )
}

/** In the writing of its own country where it has one. */
function labelOf({ int, loc, email }: Schema<'Contact'>): string {
  const { org, name } = loc ?? int ?? { name: email }
  return org === undefined ? name : `${org} · ${name}`
}
