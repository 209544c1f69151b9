import { sql } from 'kysely'
import { writeDropList } from '../../../src/drop-lists/write.ts'
import type { Fixture, Violation } from '../fixture.ts'

/** The drop list of what the fixture has published, with these columns changed afterwards. */
async function change({ ctx, tx }: Fixture, statement: string): Promise<unknown> {
  await writeDropList(ctx)
  return sql.raw(statement).execute(tx)
}

export const dropListViolations: readonly Violation[] = [
  {
    table: 'drop_list',
    constraint: 'one_drop_list_per_publication',
    guarantee: 'a publication has one drop list for download',
    violate: (fixture) =>
      change(
        fixture,
        `insert into drop_list (id, made_at, published_at, names, bytes, sha256)
         select gen_random_uuid(), made_at, published_at, names, bytes, sha256 from drop_list`,
      ),
  },
  {
    table: 'drop_list',
    constraint: 'drop_list_names_not_negative',
    guarantee: 'a drop list has no negative number of names',
    violate: (fixture) => change(fixture, 'update drop_list set names = -1'),
  },
  {
    table: 'drop_list_part',
    constraint: 'drop_list_part_has_its_bytes',
    guarantee: 'the size of a part is that of its content',
    violate: (fixture) => change(fixture, 'update drop_list_part set bytes = bytes + 1'),
  },
  {
    table: 'drop_list_part',
    constraint: 'drop_list_part_pkey',
    guarantee: 'a file has each of its parts once',
    violate: (fixture) => change(fixture, 'insert into drop_list_part select * from drop_list_part'),
  },
  {
    table: 'drop_list_part',
    constraint: 'drop_list_part_list_id_fkey',
    guarantee: 'a part belongs to a drop list',
    violate: (fixture) => change(fixture, 'update drop_list_part set list_id = gen_random_uuid()'),
  },
  {
    table: 'drop_list_zone',
    constraint: 'drop_list_zone_pkey',
    guarantee: 'a drop list has each zone once',
    violate: (fixture) => change(fixture, 'insert into drop_list_zone select * from drop_list_zone'),
  },
  {
    table: 'drop_list_zone',
    constraint: 'drop_list_zone_list_id_fkey',
    guarantee: 'the counts of a zone belong to a drop list',
    violate: (fixture) => change(fixture, 'update drop_list_zone set list_id = gen_random_uuid()'),
  },
  {
    table: 'drop_list_window',
    constraint: 'drop_list_window_pkey',
    guarantee: 'a drop list has one window for each zone and day',
    violate: (fixture) => change(fixture, 'insert into drop_list_window select * from drop_list_window'),
  },
  {
    table: 'drop_list_window',
    constraint: 'drop_list_window_list_id_fkey',
    guarantee: 'a window belongs to a drop list',
    violate: (fixture) => change(fixture, 'update drop_list_window set list_id = gen_random_uuid()'),
  },
]
