import { FACTS_DOCUMENT, STATEMENT_REQUEST } from '../sample.js';

/** Valid documents of several formats, one element a line, to make mistakes in. */
export const VALID = {
  '10.06.S 1.1.0': FACTS_DOCUMENT,
  '10.13.I 2.0.0': STATEMENT_REQUEST,
  '10.13.I 1.0.7': `<m:request xmlns:m="urn://egisso-ru/msg/10.13.I/1.0.7" xmlns:q="urn://egisso-ru/types/prsn-request/1.0.6">
  <q:requestData>
    <q:snils>11223344595</q:snils>
    <q:onmszCode>0542.000017</q:onmszCode>
    <q:assignmentsInclude>true</q:assignmentsInclude>
    <q:obligationsInclude>false</q:obligationsInclude>
    <q:incomesInclude>false</q:incomesInclude>
    <q:assigneeInclude>false</q:assigneeInclude>
    <q:reportPeriod>
      <q:beginDate>2024-06-01</q:beginDate>
      <q:endDate>2024-08-31</q:endDate>
    </q:reportPeriod>
    <q:pdfInclude>false</q:pdfInclude>
  </q:requestData>
</m:request>`,
  '10.10.I 1.0.4': `<n:request xmlns:n="urn://egisso-ru/msg/10.10.I/1.0.4">
  <n:attachment>true</n:attachment>
</n:request>`,
  '10.05.I 2.1.0': `<m:request xmlns:m="urn://egisso-ru/msg/10.05.I/2.1.0" xmlns:p="urn://egisso-ru/types/package-LMSZ/2.1.0" xmlns:l="urn://egisso-ru/types/local-MSZ/2.1.0">
  <p:package>
    <p:packageId>1d2c3b4a-0b60-11ef-9262-0242ac120002</p:packageId>
    <p:elements>
      <p:localMSZ>
        <l:id>2d2c3b4a-0b60-11ef-9262-0242ac120002</l:id>
        <l:code>ТВ-17</l:code>
        <l:title>Пособие на проезд</l:title>
        <l:dateEnact>2024-01-01</l:dateEnact>
        <l:periodicityCode>03</l:periodicityCode>
        <l:classificationKMSZ>
          <l:codePartKMSZ>000001</l:codePartKMSZ>
          <l:codeMSZ>0433</l:codeMSZ>
          <l:codeProvisionForm>01</l:codeProvisionForm>
          <l:codeLevelNPA>02</l:codeLevelNPA>
          <l:localCategories>
            <l:localCategory>
              <l:id>3d2c3b4a-0b60-11ef-9262-0242ac120002</l:id>
              <l:title>Учащиеся</l:title>
              <l:codeCategoryKMSZ>07030000</l:codeCategoryKMSZ>
            </l:localCategory>
          </l:localCategories>
          <l:cofinancing>
            <l:fundingSource>
              <l:codeFundingSource>0001</l:codeFundingSource>
              <l:quota>100</l:quota>
            </l:fundingSource>
          </l:cofinancing>
        </l:classificationKMSZ>
        <l:estimation>Раз в квартал</l:estimation>
        <l:territories>
          <l:codeOktmo>28000000</l:codeOktmo>
        </l:territories>
        <l:reasons>
          <l:NPA>
            <l:number>71-пп</l:number>
            <l:date>2023-11-30</l:date>
            <l:title>О проезде учащихся</l:title>
            <l:authority>Правительство области</l:authority>
            <l:url>https://tver.example/71-pp</l:url>
          </l:NPA>
        </l:reasons>
        <l:KBKCode>14810030000000000313</l:KBKCode>
        <l:cases>Учёба вне места жительства</l:cases>
        <l:conditions>По заявлению</l:conditions>
        <l:methods>
          <l:method>01</l:method>
        </l:methods>
        <l:formReq>1</l:formReq>
        <l:formRecieve>1</l:formRecieve>
        <l:docTypesList>
          <l:documentTypeName>Справка об учёбе</l:documentTypeName>
          <l:documentOrigin>Школа</l:documentOrigin>
          <l:documentQ>1</l:documentQ>
          <l:documentNess>true</l:documentNess>
        </l:docTypesList>
        <l:famSign>1</l:famSign>
        <p:lastChanging>2024-02-01T10:15:00+03:00</p:lastChanging>
      </p:localMSZ>
    </p:elements>
  </p:package>
</m:request>`,
  '10.18.I 1.0.1': `<m:request xmlns:m="urn://egisso-ru/msg/10.18.I/1.0.1" xmlns:e="urn://egisso-ru/types/epgu-request/1.0.1">
  <e:requestData>
    <e:snils>11223344595</e:snils>
    <e:reportPeriod>
      <e:beginDate>2024-06-01</e:beginDate>
      <e:endDate>2024-08-31</e:endDate>
    </e:reportPeriod>
  </e:requestData>
</m:request>`,
  'snils-by-additionalData 1.0.1': `<s:SnilsByAdditionalDataRequest xmlns:s="http://kvs.pfr.com/snils-by-additionalData/1.0.1" xmlns:c="urn://x-artefacts-smev-gov-ru/supplementary/commons/1.0.1" xmlns:p="http://common.kvs.pfr.com/1.0.0">
  <c:FamilyName>Кедров</c:FamilyName>
  <c:FirstName>Пётр</c:FirstName>
  <s:BirthDate>1985-06-15</s:BirthDate>
  <s:Gender>Male</s:Gender>
  <s:BirthPlace>
    <p:PlaceType>ОСОБОЕ</p:PlaceType>
    <p:Settlement>Тверь</p:Settlement>
  </s:BirthPlace>
  <c:PassportRF>
    <c:Series>4607</c:Series>
    <c:Number>135790</c:Number>
    <c:IssueDate>2006-04-01</c:IssueDate>
    <c:Issuer>Отделом УФМС по Тверской области</c:Issuer>
  </c:PassportRF>
</s:SnilsByAdditionalDataRequest>`,
  'snils-by-data 1.1.2': `<s:SnilsByDataRequest xmlns:s="http://kvs.pfr.com/snils-by-data/1.1.2" xmlns:c="urn://x-artefacts-smev-gov-ru/supplementary/commons/1.0.1">
  <c:FamilyName>Кедров</c:FamilyName>
  <c:FirstName>Пётр</c:FirstName>
  <c:Patronymic>Ильич</c:Patronymic>
  <s:Gender>Male</s:Gender>
  <s:BirthDate>1985-06-15</s:BirthDate>
</s:SnilsByDataRequest>`,
  'extraction-invalid-data 1.0.3': `<x:ExtractionInvalidDataRequest xmlns:x="http://kvs.fri.com/extraction-invalid-data/1.0.3">
  <x:SNILS>11223344595</x:SNILS>
  <x:TypeOfExtraction>Stable</x:TypeOfExtraction>
  <x:ExtractionPeriod>
    <x:DocumentsOnPeriod>
      <x:DateFrom>2024-06-01</x:DateFrom>
      <x:DateTo>2024-08-31</x:DateTo>
    </x:DocumentsOnPeriod>
  </x:ExtractionPeriod>
</x:ExtractionInvalidDataRequest>`,
  'permissions_notify_gov_dep 1.0.2': `<r:Request xmlns:r="urn://mincomsvyaz/esia/permissions_notify_gov_dep/1.0.2" xmlns:d="urn://x-artefacts-smev-gov-ru/services/message-exchange/types/directive/1.3">
  <d:Registry>
    <d:RegistryRecord>
      <d:RecordId>1</d:RecordId>
      <d:Record Id="record">
        <d:RecordContent Id="content">
          <o:consent xmlns:o="urn:consent">yes</o:consent>
        </d:RecordContent>
      </d:Record>
    </d:RegistryRecord>
  </d:Registry>
</r:Request>`,
} as const;

export type ValidName = keyof typeof VALID;
