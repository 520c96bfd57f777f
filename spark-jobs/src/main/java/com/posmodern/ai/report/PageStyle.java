package com.posmodern.ai.report;

/** The style sheet of the page: for screens in light and dark mode, and for paper. */
final class PageStyle {
  static final String CSS =
      """
      :root{--page:#f6f6f3;--card:#fff;--ink:#1d1e1c;--soft:#62645f;--line:#dddcd6;--blue:#2463b8;
        --band:#2463b833;--naive:#b4722a;--good:#1c7a43;--warn:#8d5b00;--bad:#b3261e;
        --good-bg:#e2f2e7;--warn-bg:#fbf0d9;--bad-bg:#fbe4e2}
      @media (prefers-color-scheme:dark){:root{--page:#161715;--card:#20211f;--ink:#ecece8;
        --soft:#a3a59f;--line:#3a3b38;--blue:#7fb0f5;--band:#7fb0f540;--naive:#dca063;--good:#7dd49b;
        --warn:#e9bf6b;--bad:#f59a93;--good-bg:#1b3324;--warn-bg:#3a2f16;--bad-bg:#42211f}}
      *{box-sizing:border-box}
      body{margin:0;background:var(--page);color:var(--ink);
        font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
      main{max-width:1140px;margin:0 auto;padding:28px 20px 60px}
      h1{font-size:24px;margin:0 0 2px}
      h2{font-size:18px;margin:36px 0 10px}
      h3{font-size:15px;margin:0 0 6px}
      p{margin:0 0 8px;max-width:80ch}
      .soft,.absent,td.soft{color:var(--soft)}
      .status{display:flex;gap:12px;align-items:center;margin:16px 0 14px;padding:12px 16px;
        border-radius:8px;font-size:17px;font-weight:600}
      .status b{font-size:12px;letter-spacing:.06em;padding:3px 9px;border-radius:99px;
        border:1.5px solid currentColor}
      .good{color:var(--good)}.attention{color:var(--warn)}.failed{color:var(--bad)}
      .status.good{background:var(--good-bg)}.status.attention{background:var(--warn-bg)}
      .status.failed{background:var(--bad-bg)}
      .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(165px,1fr));gap:12px}
      .tile,.card{background:var(--card);border:1px solid var(--line);border-radius:8px;
        padding:12px 14px}
      .tile span{display:block;color:var(--soft);font-size:13px}
      .tile strong{display:block;white-space:nowrap;font-size:26px;line-height:1.25;font-weight:650}
      .tile em{font-style:normal;font-size:13px}
      .notes{margin:14px 0 0;padding:0 0 0 20px}
      .notes li{margin:2px 0}
      .two{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));gap:14px}
      .scroll{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:8px}
      table{border-collapse:collapse;width:100%;font-size:14px}
      th{text-align:left;font-weight:600;color:var(--soft);font-size:12.5px;white-space:nowrap}
      th,td{padding:6px 12px;border-bottom:1px solid var(--line);vertical-align:top}
      tbody tr:last-child td{border-bottom:0}
      th.number{text-align:right}
      td.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
      td.name{white-space:nowrap}
      td.strong{font-weight:650}
      svg{display:block;width:100%;height:auto}
      svg text{font:11px system-ui,sans-serif;fill:var(--soft)}
      .grid{stroke:var(--line);stroke-width:1}.axis{stroke:var(--soft);stroke-width:1}
      polyline{fill:none;stroke-linejoin:round}
      polyline.actual{stroke:var(--ink);stroke-width:1.4}
      polyline.mean{stroke:var(--blue);stroke-width:2}
      polyline.naive{stroke:var(--naive);stroke-width:1.2;stroke-dasharray:4 3}
      polygon.band{fill:var(--band)}
      .legend{display:flex;flex-wrap:wrap;gap:4px 18px;font-size:13px;color:var(--soft)}
      .legend span{display:inline-flex;align-items:center;gap:7px}
      .key{display:inline-block;width:20px;height:0;border-top:2px solid var(--ink)}
      .key.mean{border-color:var(--blue)}
      .key.naive{border-top:2px dashed var(--naive)}
      .key.band{height:12px;border:0;background:var(--band)}
      .bubble{fill:var(--blue);fill-opacity:.28;stroke:var(--blue);stroke-width:1.5}
      svg text.bubble-id{font-size:14px;font-weight:650;fill:var(--ink)}
      svg text.bubble-name{font-size:12px;fill:var(--ink)}
      footer{margin-top:40px;color:var(--soft);font-size:13px}
      @media print{:root{--page:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb;--blue:#2463b8;
          --band:#2463b833;--naive:#b4722a;--good:#1c7a43;--warn:#8d5b00;--bad:#b3261e;
          --good-bg:#fff;--warn-bg:#fff;--bad-bg:#fff}
        body{font-size:11px}main{max-width:none;padding:0}table{font-size:10px}
        .card,.tile,tr,h2{break-inside:avoid}h2{break-after:avoid}.scroll{overflow:visible}}
      """;

  private PageStyle() {}
}
