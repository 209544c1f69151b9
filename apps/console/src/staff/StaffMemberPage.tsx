import { Alert } from '@mui/material'
import type { ReactNode } from 'react'
import { DataTable } from 'react-admin'
import { browserText } from '../access/user-agent.ts'
import type { StaffMember, StaffSession } from '../api/types.ts'
import { words } from '../format/words.ts'
import { Facts } from '../parts/Facts.tsx'
import { useMe } from '../parts/hooks.ts'
import { AppLink, listLink } from '../parts/links.tsx'
import { Page, Section, TwoColumns } from '../parts/Page.tsx'
import { RecordPage } from '../parts/RecordPage.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { TimeText } from '../parts/texts.tsx'
import { EndAllButton, EndSessionButton, StaffButtons } from './StaffButtons.tsx'
import { StaffState } from './StaffState.tsx'

/** A person of the console: roles, how they sign in, and where they are signed in. */
export function StaffMemberPage() {
  return (
    <RecordPage<StaffMember> resource="staff" kind="Person">
      {(person) => <Person person={person} />}
    </RecordPage>
  )
}

function Person({ person }: { readonly person: StaffMember }) {
  const isOwn = useMe()?.id === person.id
  return (
    <Page
      title={person.name}
      beside={<StaffState person={person} />}
      about={person.email}
      actions={isOwn ? null : <StaffButtons person={person} />}
    >
      {isOwn ? (
        <Alert severity="info" sx={{ mb: 2 }}>
          This is you. Another administrator changes your roles and your access; your password, second factor
          and sessions are on <AppLink to="/profile">your profile</AppLink>.
        </Alert>
      ) : null}
      <TwoColumns
        main={<Sessions person={person} isOwn={isOwn} />}
        beside={
          <>
            <Section title="Person">
              <Facts
                narrow
                facts={[
                  ['Roles', person.roles.map(words).join(', ')],
                  ['Added', time(person.created_at)],
                  ['Last sign-in', time(person.signed_in_at) ?? 'Never'],
                  ['Disabled', time(person.disabled_at)],
                  ['Changes', <Changes key="changes" person={person} />],
                ]}
              />
            </Section>
            <Section title="Signs in with">
              <Facts
                narrow
                facts={[
                  ['Password', person.has_password ? 'Yes' : 'None'],
                  ['Second factor', time(person.second_factor_since) ?? 'None'],
                  ['Identity provider', person.has_identity ? 'Connected' : 'Not connected'],
                  ['Link to choose one', linkText(person)],
                ]}
              />
            </Section>
          </>
        }
      />
    </Page>
  )
}

function time(at: string | undefined): ReactNode {
  return at === undefined ? undefined : <TimeText at={at} precision="minutes" />
}

function linkText({ link_expires_at, has_password, has_identity }: StaffMember): ReactNode {
  if (link_expires_at !== undefined) return <>Until {time(link_expires_at)}</>
  return has_password || has_identity ? undefined : 'Expired: send another one'
}

function Changes({ person: { id } }: { readonly person: StaffMember }) {
  return (
    <>
      <AppLink to={listLink('audit', { subject_type: 'staff', subject_id: id })}>Of this person</AppLink>
      {' · '}
      <AppLink to={listLink('audit', { actor_id: id })}>By this person</AppLink>
    </>
  )
}

const Column = DataTable.Col<StaffSession>

function Sessions({ person, isOwn }: { readonly person: StaffMember; readonly isOwn: boolean }) {
  return (
    <Section
      title="Open sessions"
      beside={isOwn || person.open_sessions === 0 ? null : <EndAllButton person={person} />}
    >
      <RecordTable
        resource={`staff/${person.id}/sessions`}
        inside
        empty={{ title: 'No open sessions', text: 'Nobody is signed in as this person.' }}
      >
        <Column
          label="Browser"
          render={({ user_agent }) => <span title={user_agent}>{browserText(user_agent)}</span>}
        />
        <Column label="From" render={({ source }) => (source === '' ? '–' : source)} />
        <Column label="Second factor" render={({ second_factor }) => (second_factor ? 'Yes' : 'No')} />
        <Column
          label="Signed in"
          render={({ created_at }) => <TimeText at={created_at} precision="minutes" />}
        />
        <Column label="Last used" render={({ seen_at }) => <TimeText at={seen_at} precision="minutes" />} />
        <Column
          label=""
          align="right"
          render={(session) => (isOwn ? null : <EndSessionButton person={person} session={session} />)}
        />
      </RecordTable>
    </Section>
  )
}
