-- Every app has a role of its own with the least it needs, and what a promise reads or writes to be kept is often more than that.
-- So the functions of triggers run with the rights of the schema's owner, whoever caused them: a balance moves by a posting although
-- no app may change a balance. Their path is fixed, so that nobody puts a table of his own in the place of ours.
do $$
declare ours regprocedure;
begin
  for ours in
    select oid::regprocedure from pg_proc
    where pronamespace = 'public'::regnamespace and prokind = 'f' and not prosecdef and prosrc ~* '\y(from|update|insert|perform)\y'
  loop
    execute format('alter function %s security definer set search_path = public, pg_temp', ours);
    execute format('revoke execute on function %s from public', ours);
  end loop;
end $$;
