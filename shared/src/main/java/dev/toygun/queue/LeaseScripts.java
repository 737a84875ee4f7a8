package dev.toygun.queue;

/**
 * What is done to the leases of one hash, each in one call and so at one moment.
 *
 * <p>An entry is {@code owner|until|ticking|again}: until when in milliseconds by Redis TIME, then
 * {@code uuid:step:lost,…}, then {@code subject,…}. A value that is no entry counts as none, so
 * that a scribble is repaired by the next that takes the lease.
 */
final class LeaseScripts {
  /** The most subjects that wait in one entry; the clock finds again what did not fit. */
  static final int MOST_AGAIN = 256;

  private LeaseScripts() {}

  /* ARGV: owner, lease time, most again, then field, poll, subjects, what is noted of them.
  Answers field, ticking of each that was taken over, and field and nothing of each that is held:
  mostly all are taken, and there is nothing to say. */
  static final RedisScript TAKE =
      RedisScript.of(
          """
          local t = redis.call('TIME')
          local now = t[1] * 1000 + math.floor(t[2] / 1000)
          local mine = ARGV[1] .. '|' .. string.format('%.0f', now + ARGV[2]) .. '|'
          local fields = {}
          for i = 4, #ARGV, 4 do fields[#fields + 1] = ARGV[i] end
          local entries = redis.call('HMGET', KEYS[1], unpack(fields))
          local writes, answer = {}, {}
          local function write(field, entry)
            writes[#writes + 1] = field
            writes[#writes + 1] = entry
          end
          for i, field in ipairs(fields) do
            local poll, subjects, noted = ARGV[4 * i + 1], ARGV[4 * i + 2], ARGV[4 * i + 3]
            local owner, till, ticking, again
            if entries[i] then
              owner, till, ticking, again =
                string.match(entries[i], '^([^|]*)|(%d+)|([^|]*)|([^|]*)$')
            end
            if not owner then
              write(field, mine .. noted .. '|')
            elseif tonumber(till) > now then
              answer[#answer + 1] = field
              answer[#answer + 1] = ''
              local there, size, more = {}, 0, false
              for one in string.gmatch(again, '[^,]+') do
                there[one] = true
                size = size + 1
              end
              for one in string.gmatch(subjects, '[^,]+') do
                local own = poll == '1' and string.find(ticking, string.match(one, '[^:]+$'), 1, true)
                if not own and not there[one] and size < tonumber(ARGV[3]) then
                  there[one] = true
                  size = size + 1
                  more = true
                  again = again == '' and one or again .. ',' .. one
                end
              end
              if more then write(field, owner .. '|' .. till .. '|' .. ticking .. '|' .. again) end
            else
              ticking = string.gsub(ticking, '([^:,]+):(%-?%d+):(%d+)', function(uuid, step, lost)
                return uuid .. ':' .. step .. ':' .. string.format('%.0f', lost + 1)
              end)
              if ticking ~= '' then
                answer[#answer + 1] = field
                answer[#answer + 1] = ticking
              end
              for one in string.gmatch(noted, '[^,]+') do
                if not string.find(ticking, string.match(one, '^[^:]+'), 1, true) then
                  ticking = ticking == '' and one or ticking .. ',' .. one
                end
              end
              write(field, mine .. ticking .. '|' .. again)
            end
          end
          if #writes > 0 then redis.call('HSET', KEYS[1], unpack(writes)) end
          return answer
          """);

  /* ARGV: owner, lease time, then field, ticking of each lease. Answers the fields that are held no
  more. */
  static final RedisScript RENEW =
      RedisScript.of(
          """
          local t = redis.call('TIME')
          local untill = string.format('%.0f', t[1] * 1000 + math.floor(t[2] / 1000) + ARGV[2])
          local fields = {}
          for i = 3, #ARGV, 2 do fields[#fields + 1] = ARGV[i] end
          local entries = redis.call('HMGET', KEYS[1], unpack(fields))
          local writes, answer = {}, {}
          for i, field in ipairs(fields) do
            local owner, again
            if entries[i] then
              owner, again = string.match(entries[i], '^([^|]*)|%d+|[^|]*|([^|]*)$')
            end
            if owner == ARGV[1] then
              writes[#writes + 1] = field
              writes[#writes + 1] = owner .. '|' .. untill .. '|' .. ARGV[2 * i + 2] .. '|' .. again
            else
              answer[#answer + 1] = field
            end
          end
          if #writes > 0 then redis.call('HSET', KEYS[1], unpack(writes)) end
          return answer
          """);

  /* ARGV: owner, lease time, then fields. Answers field, again of each that is kept. */
  static final RedisScript RELEASE =
      RedisScript.of(
          """
          local t = redis.call('TIME')
          local untill = string.format('%.0f', t[1] * 1000 + math.floor(t[2] / 1000) + ARGV[2])
          local fields = {}
          for i = 3, #ARGV do fields[#fields + 1] = ARGV[i] end
          local entries = redis.call('HMGET', KEYS[1], unpack(fields))
          local writes, gone, answer = {}, {}, {}
          local mine = ARGV[1] .. '|'
          for i, field in ipairs(fields) do
            local entry = entries[i]
            if entry and string.sub(entry, 1, #mine) == mine then
              local owner, again = string.match(entry, '^([^|]*)|%d+|[^|]*|([^|]*)$')
              if again == '' then
                gone[#gone + 1] = field
              elseif again then
                writes[#writes + 1] = field
                local ticking = string.gsub(again, '[^,]+', function(one)
                  return string.match(one, '[^:]+$') .. ':-1:0'
                end)
                writes[#writes + 1] = owner .. '|' .. untill .. '|' .. ticking .. '|'
                answer[#answer + 1] = field
                answer[#answer + 1] = again
              end
            end
          end
          if #gone > 0 then redis.call('HDEL', KEYS[1], unpack(gone)) end
          if #writes > 0 then redis.call('HSET', KEYS[1], unpack(writes)) end
          return answer
          """);

  /* ARGV: owner, how long an entry is kept that nobody took over. Answers the fields that ended.
  An ended entry is past from this moment on, rather than from the beginning of time: so its age
  is known when it is to be forgotten. */
  static final RedisScript EXPIRE =
      RedisScript.of(
          """
          local t = redis.call('TIME')
          local now = t[1] * 1000 + math.floor(t[2] / 1000)
          local all = redis.call('HGETALL', KEYS[1])
          local answer = {}
          for i = 1, #all, 2 do
            local owner, till, rest = string.match(all[i + 1], '^([^|]*)|(%d+)|([^|]*|[^|]*)$')
            if not owner or tonumber(till) < now - ARGV[2] then
              redis.call('HDEL', KEYS[1], all[i])
            elseif owner == ARGV[1] and tonumber(till) > now then
              redis.call('HSET', KEYS[1], all[i],
                owner .. '|' .. string.format('%.0f', now) .. '|' .. rest)
              answer[#answer + 1] = all[i]
            end
          end
          return answer
          """);

  /* ARGV: fields. Answers field, owner, ticking of each that is held. */
  static final RedisScript HELD =
      RedisScript.of(
          """
          local t = redis.call('TIME')
          local now = t[1] * 1000 + math.floor(t[2] / 1000)
          local entries = redis.call('HMGET', KEYS[1], unpack(ARGV))
          local answer = {}
          for i, field in ipairs(ARGV) do
            local owner, till, ticking
            if entries[i] then
              owner, till, ticking = string.match(entries[i], '^([^|]*)|(%d+)|([^|]*)|[^|]*$')
            end
            if owner and tonumber(till) > now then
              answer[#answer + 1] = field
              answer[#answer + 1] = owner
              answer[#answer + 1] = ticking
            end
          end
          return answer
          """);
}
