import { Client } from 'pg'

/** The URL of another database on the same server. */
export function databaseOn(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}

/** Runs `work` on a connection of its own to the server's given database. */
export async function onServer<Result>(
  serverUrl: string,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString: serverUrl, application_name: 'droplock-test' })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
