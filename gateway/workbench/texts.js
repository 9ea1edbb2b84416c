// Every word of the page, in both languages; a key that one lacks is a fault of a test.

const vi = {
  title: "Bàn soạn định dạng", skip: "Đến phần luật", tools: "Công cụ", verdict: "Kết quả",
  language: "Ngôn ngữ", theme: "Nền", themeAuto: "theo máy", themeLight: "sáng", themeDark: "tối",
  openFormat: "Bắt đầu từ định dạng có sẵn", chooseFormat: "– chọn –", openSample: "Mẫu",
  openFile: "Mở tệp …", way: "Chiều", wayIn: "đọc vào", wayOut: "ghi ra",
  draft: "Phác thảo từ mẫu …", download: "Tải tệp xuống", save: "Ghi vào tệp",
  theirs: "Bản của cơ quan", rules: "Các luật (tệp ánh xạ)", ours: "Mô hình chung",
  here: "Tại chỗ đang xem", hereNone: "Đặt con trỏ vào một dòng, hoặc rê chuột lên đó.",
  hereNothing: "Dòng này không mang giá trị nào đã đọc.",
  places: "Từng chỗ trong bản của cơ quan", line: "Dòng", place: "Chỗ", fate: "Số phận",
  rule: "Luật", fateAll: "tất cả", used: "đã dùng", ignored: "bỏ qua", kept: "giữ lại",
  unknown: "không biết", more: "Hiện thêm", why: "Lý do", value: "Giá trị", into: "Thành",
  leftOut: "Không đi ra", coverage: "Chưa nhắc đến", losses: "Mất khi đọc rồi ghi lại",
  coverTheirs: "chỗ của cơ quan: ", coverOurs: "trường bắt buộc của ta: ", none: "không có",
  notKnown: "không có lược đồ để so",
  draftWords: "Mọi chỗ trong mẫu bên trái được liệt kê và tạm bỏ qua; nơi nào tên đã gặp thì có sẵn đề xuất. Nội dung tệp ánh xạ hiện tại sẽ được thay.",
  draftFormat: "Tên định dạng (cơ-quan/thông-điệp)", draftMessage: "Loại thông điệp (để trống: tự đoán)",
  draftGo: "Phác thảo", cancel: "Thôi", draftMade: "Đã phác thảo: {places} chỗ cần quyết định, {proposed} chỗ có đề xuất.",
  replace: "Thay nội dung chưa ghi trong tệp ánh xạ?",
  otherId: "Nội dung này là của định dạng {id}, còn tệp là của {was}. Vẫn ghi đè?",
  start: "Chọn một định dạng có sẵn, hoặc dán một mẫu vào bên trái rồi phác thảo.",
  ruleFaults: "Tệp ánh xạ có {n} lỗi.", sampleFaults: "Mẫu bị từ chối: {n} lỗi.",
  outFaults: "Không ghi ra được: {n} lỗi.",
  accepted: "Đọc được.", written: "Ghi ra được.", mappingGood: "Tệp ánh xạ đúng.",
  same: " Ghi ra rồi đọc lại: giống hệt.", differs: " Ghi ra rồi đọc lại: khác tại {where}.",
  notIn: "Tệp ánh xạ này không đọc vào.", notOut: "Tệp ánh xạ này không ghi ra.",
  goTo: "dòng {line}", goToColumn: "dòng {line}, cột {column}", row: "hàng {row}",
  unreadable: "Tệp nhị phân ({size} byte): xem kết quả ở bên phải.",
  gone: "Không còn kết nối với chương trình; hãy chạy lại lệnh.", fault: "Chương trình báo lỗi: {what}",
  countOf: "{n} chỗ", old: "Kết quả bên dưới là của lần còn đúng trước đó.", shownFile: "Tệp", around: "Đi kèm mẫu: giá trị của lần trao đổi, tài liệu khác",
  aroundWords: "Để trống thì dùng giá trị giả định. $partner là thiết lập trong đăng ký của cơ quan. Tài liệu được gọi theo tên tệp: document-TÊN.xml là $document/TÊN.",
  addDocument: "Thêm tài liệu …", ownFile: "tệp đang soạn", shown: "(chỉ xem)", seeRule: "Xem luật",
  "loses many-to-one": "nhiều mã thành một", "loses blanks": "khoảng trắng", "loses notation": "cách viết",
  "loses precision": "độ chính xác", "loses zone": "múi giờ", "loses cut": "phần bị cắt",
  "loses first": "chỉ giữ chỗ đầu tiên", "loses absent": "trống hay không có",
};

const en = {
  title: "Workbench for mappings", skip: "To the rules", tools: "Tools", verdict: "Verdict",
  language: "Language", theme: "Theme", themeAuto: "as the system", themeLight: "light", themeDark: "dark",
  openFormat: "Begin with a delivered format", chooseFormat: "– choose –", openSample: "Sample",
  openFile: "Open file …", way: "Direction", wayIn: "read in", wayOut: "write out",
  draft: "Draft from the sample …", download: "Download the file", save: "Save to the file",
  theirs: "The agency's document", rules: "Rules (the mapping file)", ours: "The shared model",
  here: "At this place", hereNone: "Put the cursor on a line, or point at it.",
  hereNothing: "Nothing that was read stands on this line.",
  places: "Every place of the agency's document", line: "Line", place: "Place", fate: "Fate",
  rule: "Rule", fateAll: "all", used: "used", ignored: "ignored", kept: "kept",
  unknown: "unknown", more: "Show more", why: "Why", value: "Value", into: "Became",
  leftOut: "Does not go out", coverage: "Not mentioned", losses: "Lost when read and written again",
  coverTheirs: "place of theirs: ", coverOurs: "required field of ours: ", none: "nothing",
  notKnown: "no schema to compare with",
  draftWords: "Every place of the sample on the left is listed and ignored for now; where a name is known there is a proposal. It takes the place of the mapping that is open.",
  draftFormat: "Name of the format (agency/message)", draftMessage: "Message (empty: guessed)",
  draftGo: "Draft", cancel: "Cancel", draftMade: "Drafted: {places} places to decide on, {proposed} with a proposal.",
  replace: "Replace what has not been saved of the mapping?",
  otherId: "This text is of the format {id}, the file is of {was}. Write over it all the same?",
  start: "Choose a delivered format, or paste a sample on the left and draft from it.",
  ruleFaults: "Faults in the mapping: {n}.", sampleFaults: "The sample is refused; faults: {n}.",
  outFaults: "It cannot be written; faults: {n}.",
  accepted: "It is read.", written: "It is written.", mappingGood: "The mapping is good.",
  same: " Written and read again: identical.", differs: " Written and read again: differs at {where}.",
  notIn: "This mapping does not read.", notOut: "This mapping does not write.",
  goTo: "line {line}", goToColumn: "line {line}, column {column}", row: "row {row}",
  unreadable: "A binary file ({size} bytes): see what became of it on the right.",
  gone: "The program does not answer; start the command again.", fault: "The program says: {what}",
  countOf: "{n} places", old: "The result below is of the last time when it was good.", shownFile: "File", around: "With the sample: values of the exchange, other documents",
  aroundWords: "Left empty, invented values are taken. $partner: settings of the agency's registration. Documents are called by their file: document-NAME.xml is $document/NAME.",
  addDocument: "Add a document …", ownFile: "the mapping itself", shown: "(to be read)", seeRule: "See the rule",
  "loses many-to-one": "which of several codes", "loses blanks": "blanks", "loses notation": "notation",
  "loses precision": "precision", "loses zone": "time zone", "loses cut": "what is cut off",
  "loses first": "all but the first place", "loses absent": "empty or absent",
};

export const texts = { vi, en };
let language = "vi";

export const languageNow = () => language;

export function say(key, values = {}) {
  return texts[language][key].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** Puts every text of the page into that language. */
export function speak(chosen) {
  language = chosen in texts ? chosen : "vi";
  document.documentElement.lang = language;
  document.title = say("title");
  for (const element of document.querySelectorAll("[data-t]"))
    element.textContent = say(element.dataset.t);
}
