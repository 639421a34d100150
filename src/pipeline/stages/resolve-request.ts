import type { ResponseData } from '../../envelope/index.js';
import { type Fault, fault } from '../../faults/index.js';
import type { FormatEntry } from '../../formats/index.js';
import { nameOf } from '../../message/index.js';
import { answerers, isBroadcast, isForSeveral } from '../destinations.js';
import type { Routed, WithData } from '../known.js';
import { openReplyTo } from '../reply-token.js';
import { responseFormatOf } from '../response-format.js';
import { type Refusal, refuse } from '../stage.js';
import type { OpenRequest, World } from '../world.js';

/** Which request a response answers: `To` is our own signed token, and only its addressee may answer, once. */
export async function resolveRequest(known: WithData<ResponseData>, world: World): Promise<Routed | Refusal<Routed>> {
  const { directory, vault, known: messages } = world;
  const to = openReplyTo(known.data.to, vault);
  const request = to === undefined ? undefined : await messages.request(to.mid);
  if (to === undefined || request === undefined || request.sender !== to.mnm) {
    return refuse(
      fault('RecipientIsNotFound', 'Адрес To не выдан этим шлюзом: скопируйте его из ReplyTo запроса без изменений'),
    );
  }
  if (isBroadcast(request))
    return refuse(fault('RecipientIsNotFound', 'Сообщение разослано подписчикам (BROADCAST): ответа на него не ждут'));
  const { mnemonic } = known.caller.participant;
  if (!answerers(request).includes(mnemonic)) {
    return refuse(fault('RecipientIsNotFound', 'Запрос, на который дан ответ, был адресован другому участнику'));
  }
  if (
    request.closedBy !== undefined ||
    (isForSeveral(request) && (await messages.answered(request.messageId, mnemonic)))
  )
    return refuse(fault('RecipientIsNotFound', 'На этот запрос уже принят окончательный ответ'));
  if (known.data.kind === 'async-status') {
    const text =
      'AsyncProcessingStatus сообщает только сам шлюз. Отвечайте содержимым, RequestRejected или RequestStatus';
    return refuse(fault('IncorrectResponseContentType', text));
  }
  const recipient = directory.participant(request.sender);
  if (recipient === undefined)
    return refuse(fault('RecipientIsNotFound', 'Отправитель запроса больше не зарегистрирован'));
  const entry = contentEntry(known, request, world);
  if (entry !== undefined && 'fault' in entry) return refuse(entry);
  return {
    ...known,
    exchange: request.messageId,
    recipients: [recipient],
    request,
    test: request.test,
    ...(entry === undefined ? {} : { entry }),
  };
}

/** The content must be the response of the request's own format. */
function contentEntry(
  { data }: WithData<ResponseData>,
  request: OpenRequest,
  { catalogue }: World,
): FormatEntry | Fault | undefined {
  if (data.kind !== 'response') return undefined;
  const name = data.contentName;
  const entry = catalogue.find(name.namespace, name.local);
  if (entry === undefined) {
    return {
      ...catalogue.unknown(name),
      extra: { RootElementLocalName: name.local, RootElementNamespaceURI: name.namespace },
    };
  }
  const fits =
    entry.role === 'response' &&
    request.format === nameOf({ namespace: entry.format.namespace, local: entry.format.roots.request ?? '' });
  if (fits) return entry;
  const wanted = responseFormatOf(request.format, catalogue);
  const advice = wanted === undefined ? 'у этого вида сведений нет ответа' : `ожидается ${wanted}`;
  return fault(
    'IncorrectResponseContentType',
    `${nameOf(name)} — не ответ на запрос ${request.format ?? ''}: ${advice}`,
  );
}
