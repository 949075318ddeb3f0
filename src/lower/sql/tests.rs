use std::time::{Duration, Instant};

use super::{Event, looks_like_sql, mask_jinja, read};
use crate::{graph::Kind, span::Span};

/// The tree of `text`: `kind:name(children)`.
fn tree(text: &str) -> String {
    let mut out = String::new();
    let mut fresh = true;
    let mut open: Vec<Span> = Vec::new();
    let gaps = read(text, &mut |event| match event {
        Event::Open { kind, name, span, .. } => {
            assert!(open.last().is_none_or(|around| around.holds(span)), "{span:?} leaves its parent in {text}");
            assert!(text.get(span.range()).is_some(), "{span:?} does not fit {text}");
            out.push_str(if fresh { "" } else { " " });
            out.push_str(kind.name());
            out.extend(name.into_iter().flat_map(|name| [":", name.of(text)]));
            out.push('(');
            fresh = true;
            open.push(span);
        }
        Event::Close => {
            assert!(open.pop().is_some(), "closed more than was opened");
            match out.ends_with('(') {
                true => drop(out.pop()),
                false => out.push(')'),
            }
            fresh = false;
        }
    });
    assert!(open.is_empty() && gaps.is_empty(), "{text}");
    out
}

#[test]
fn statements_become_nodes() {
    for (text, expected) in [
        ("select race from voters", "query(select(name:race) from:voters)"),
        (
            "SELECT v.id, upper(v.religion) AS faith, count(*) total FROM db.voters v WHERE v.age > 18 AND v.race = 'black' GROUP BY faith HAVING count(*) > 10 ORDER BY 1 LIMIT 5;",
            "query(select(name:id assign:faith(call:upper(name:religion)) assign:total(call:count)) from:voters(name:v) filter(compare(name:age value) compare(name:race literal:black)) group(name:faith) filter(compare(call:count value)) value value)",
        ),
        (
            "with a as (select * from x), b (c, d) as (select 1, 2) select distinct on (a.race) a.*, b.c from a join b on a.id = b.id left join lateral (select 1) z using (id) where not exists (select 1 from y)",
            "query(assign:a(query(select(name) from:x)) assign:b(name:c name:d query(select(value value))) select(group(name:race) name name:c) from:a join:b(filter(compare(name:id name:id))) join(query(select(value)) name:z filter(name:id)) filter(query(select(value) from:y)))",
        ),
        (
            "select case when religion in ('muslim', \"jew\") then 'target' else null end as segment from t",
            "query(select(assign:segment(case(compare(name:religion literal:muslim literal:jew) literal:target value))) from:t)",
        ),
        (
            "select a from t union all select b from u except select c from w",
            "query(select(name:a) from:t select(name:b) from:u select(name:c) from:w)",
        ),
        (
            "insert into segments (user_id, race) select id, race from users on conflict (user_id) do update set race = excluded.race returning id",
            "query(insert:segments(name:user_id name:race query(select(name:id name:race) from:users assign:race(name:race) select(name:id))))",
        ),
        (
            "INSERT INTO t VALUES (1, 'x'), (2, 'y') ON DUPLICATE KEY UPDATE a = VALUES(a)",
            "query(insert:t(value literal:x value literal:y assign:a(name:a)))",
        ),
        (
            "update users u set race = predict(u.name), updated = now() from names n where n.id = u.id",
            "query(update:users(name:u assign:race(call:predict(name:name)) assign:updated(call:now)) from:names(name:n) filter(compare(name:id name:id)))",
        ),
        ("delete from posts where deleted_at is not null", "query(delete:posts filter(compare(name:deleted_at value)))"),
        (
            "create table if not exists app.voters (id bigint primary key, likely_race varchar(10) default 'x' comment 'of voter', religion enum('a','b'), primary key (id), check (religion in ('a'))) engine=innodb comment='reg'",
            "query(table:voters(column:id column:likely_race(literal:x literal:of voter) column:religion(literal:a literal:b) compare(name:religion literal:a) literal:reg))",
        ),
        (
            "create or replace materialized view v as select race, count(*) from t group by race",
            "query(table:v(query(select(name:race call:count) from:t group(name:race))))",
        ),
        (
            "alter table users add column religion text, add ethnicity text; alter table a rename column b to c",
            "query(table:users(column:religion column:ethnicity)) query(table:a(column:c))",
        ),
        (
            "merge into t using s on t.id = s.id when matched and s.x = 1 then update set race = s.race when not matched then insert (id, race) values (s.id, s.race)",
            "query(from:s filter(compare(name:id name:id)) compare(name:x value) update:t(assign:race(name:race)) insert:t(name:id name:race name:id name:race))",
        ),
        (
            "select row_number() over (partition by race, age order by id) from t qualify rn = 1",
            "query(select(call:row_number group(name:race name:age) name:id) from:t filter(compare(name:rn value)))",
        ),
        (
            "select data->>'religion', v:a.religion::string, cast(x as varchar(3)), date '2020-01-01' from t, unnest(arr) as u(e)",
            "query(select(name:data literal:religion name:v name:religion call:cast(name:x) literal:2020-01-01) from:t from(call:unnest(name:arr) name:u name:e))",
        ),
        (
            "select * except (race), replace(x, 'a', 'b') r from t tablesample (10)",
            "query(select(name assign:r(call:replace(name:x literal:a literal:b))) from:t(value))",
        ),
        (
            "select * from t pivot (count(id) for religion in ('a', 'b'))",
            "query(select(name) from:t group(compare(call:count(name:id) name:religion literal:a literal:b)))",
        ),
        (
            "create index i on voters using btree (religion, lower(name)) where x = 1",
            "query(table:voters(name:religion call:lower(name:name) filter(compare(name:x value))))",
        ),
        (
            "truncate table posts; drop table x; grant select on t to u; select 1",
            "query(delete:posts) name:x name:t name:u query(select(value))",
        ),
        (
            "select x from t lateral view explode(y) e as z where a between 1 and 2 and b is distinct from c",
            "query(select(name:x) from:t join(call:explode(name:y) name:e) filter(compare(name:a value value) compare(name:b name:c)))",
        ),
        (
            "begin; create function f() returns int as $$ select race from voters $$ language sql;",
            "name:begin name:function name:f name:returns name:int query(select(name:race) from:voters) name:language name:sql",
        ),
        (
            "CREATE TYPE app.\"Faith\" AS ENUM ('a', 'b'); alter type faith add value 'c'; alter table t add constraint k unique (a)",
            "query(class:Faith(literal:a literal:b)) query(class:faith(literal:c)) query(name:t)",
        ),
        (
            "-- note\nselect /* why */ a from t -- end\n",
            "comment:-- note query(select(comment:/* why */ name:a) from:t) comment:-- end",
        ),
        (
            "select [User Name], arr[1], @v, :p, %(q)s, {x} from #tmp where s = N'x' and t = E'it\\'s'",
            "query(select(name:User Name name:arr value name:@v name:p assign:s(name:q) name:x) from:#tmp filter(compare(name:s literal:x) compare(name:t literal:it\\'s)))",
        ),
        ("select top 10 a, from where", "query(select(name:a) filter)"),
        (
            "select a into copies from t; (select 1) union (select 2)",
            "query(select(name:a) insert:copies from:t) query(select(value)) query(select(value))",
        ),
        (
            "select extract(year from d), trim(both ' ' from n), f(k => 1, distinct z) from t for update",
            "query(select(call:extract(name:year name:d) call:trim(name:both literal:  name:n) call:f(entry:k(value) name:z)) from:t)",
        ),
        (
            "insert overwrite table x partition (d='1') select a from b",
            "query(insert:x(compare(name:d literal:1) query(select(name:a) from:b)))",
        ),
        (
            "if (select 1) select 2 else update t set a = 1",
            "query(select(value)) query(select(value)) query(update:t(assign:a(value)))",
        ),
    ] {
        assert_eq!(tree(text), expected, "{text}");
    }
}

#[test]
fn jinja_is_masked_in_place() {
    for (text, masked) in [
        ("from {{ ref('users') }} u", "from         users      u"),
        ("from {{- source(\"raw\", \"t\") -}}", "from                    t      "),
        ("{{ config(a='b') }}", "   config(a='b')   "),
        ("x = '{{ var('d') }}'", "x = '   var( d )   '"),
        ("a {# it's -- #} b", "a /* it's -- */ b"),
        ("a {% if é %}\nb", "a            \nb"),
        ("-- don't {{ x }}\n{{ ref('y') }}", "-- don't    x   \n        y     "),
        ("{{ {{ {% {#", "{{ {{ {% {#"),
        ("from {{ ref(var('x')) }}", "from    ref(var('x'))   "),
    ] {
        assert_eq!(text.len(), masked.len(), "{text}");
        assert_eq!(mask_jinja(text), masked, "{text}");
    }
}

#[test]
fn statements_are_told_from_sentences() {
    for text in [
        "SELECT name FROM users",
        "select * from t",
        "\n    -- why\n    (SELECT a, b FROM t WHERE x = %s)",
        "select name from users where id = ?",
        "Select a.b, c From x Where y = 1",
        "INSERT INTO t (a, b) VALUES (?, ?)",
        "insert into t select * from u",
        "UPDATE users SET race = 'x' WHERE id = 1",
        "delete from posts where id = 1",
        "DELETE FROM posts",
        "create table if not exists t (a int)",
        "CREATE OR REPLACE VIEW v AS SELECT 1",
        "alter table t add column religion text",
        "with a as (select 1 from t) select * from a",
        "merge into t using s on t.a = s.a when matched then delete",
        "SELECT a FROM t WHERE x = '",
        "select count(*) from {table}",
    ] {
        assert!(looks_like_sql(text), "{text}");
    }
    for text in [
        "",
        "Select from the list",
        "Select an item from the menu",
        "Select a file from disk.",
        "select your language from the list (optional)",
        "Select users from group",
        "Update your settings",
        "update the set of rules",
        "Delete from cart",
        "Insert into the slot",
        "Create table view",
        "create table",
        "With great power, as (they say)",
        "Create an index on the left",
        "selected",
        "from x select y",
        "Alter table",
        "merge into master",
        "Truncate table names in the view",
        "Select one of (a, b) from those",
    ] {
        assert!(!looks_like_sql(text), "{text}");
    }
}

#[test]
fn deep_nesting_is_read_flat_and_said() {
    let mut names = 0;
    let text = format!("select {}race", "f(".repeat(5000));
    let gaps = read(&text, &mut |event| names += usize::from(matches!(event, Event::Open { kind: Kind::Name, .. })));
    assert_eq!(gaps.len(), 1);
    assert!(names > 4000, "what is too deep still gives its names");
}

#[test]
fn hostile_text_takes_linear_time() {
    let units = [
        "(",
        ")",
        "'",
        "\"",
        "`",
        "[",
        "$a$",
        "/*",
        "/*!",
        "case ",
        "(select ",
        "select(",
        "q'a ",
        "e'\\",
        "' -- '\n",
        "update ",
        "with a as (",
        "insert into t(",
        "merge into t using ",
        "a,",
        "join ",
        "on ",
        "{{",
        "'\\'a",
        "#",
        "union ",
        "x[",
        "partition by ",
        "select * replace (",
        "create ",
        "alter table t add ",
        "'''",
        "{{ref('a')}}",
        "select a as b,",
        "case when (",
        "insert into t ",
        "create table t as ",
    ];
    for unit in units {
        for prefix in ["", "select ", "'"] {
            let text = format!("{prefix}{}", unit.repeat(60_000 / unit.len()));
            let started = Instant::now();
            read(&text, &mut |_| ());
            let _ = mask_jinja(&text);
            let _ = looks_like_sql(&text);
            // Quadratic time would be minutes.
            assert!(started.elapsed() < Duration::from_secs(5), "{prefix}{unit}: {:?}", started.elapsed());
        }
    }
}
