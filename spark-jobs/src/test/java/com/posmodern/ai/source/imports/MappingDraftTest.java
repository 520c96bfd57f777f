package com.posmodern.ai.source.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.contract.Table;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingDraftTest {
  @TempDir Path folder;

  @Test
  void aDraftIsAMappingThatSaysWhatWasSeen() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("Vendas Março.csv"),
            "Relatório de vendas;;;;;;\n\nCupom;Linha;Loja;Código EAN;Data;Quantidade;Preço;Cliente\n"
                    .replaceFirst(";;;;;;", ";;;;;;;")
                + "0001;1;7;7891000315507;03/04/2025 10:00;1,500;1.234,50;Maria\n"
                + "0002;1;7;7891000315507;04/04/2025 11:30;2;3,99;NULL\n",
            Charset.forName("windows-1252"));
    String draft = MappingDraft.of(List.of(file.toString()));
    assertThat(draft)
        .contains("vendas_marco:")
        .contains("encoding: windows-1252")
        .contains("delimiter: ';'")
        .contains("decimal_separator: ','")
        .contains("thousands_separator: '.'")
        .contains("null_words: ['NULL']")
        .contains("cupom: {from: 'Cupom', type: string}")
        .contains("codigo_ean: {from: 'Código EAN', type: string}")
        .contains("quantidade: {from: 'Quantidade', type: \"decimal(12,3)\"}")
        .contains("preco: {from: 'Preço', type: \"decimal(12,2)\"}")
        .contains("formats: ['dd/MM/yyyy HH:mm', 'MM/dd/yyyy HH:mm']")
        .contains("CHECK: day and month both fit")
        .contains("sale_id: cupom")
        .contains("product_id: codigo_ean")
        .contains("customer_id: cliente")
        .contains("unit_price: preco")
        .doesNotContain("Maria");
    Path mapping = Files.writeString(folder.resolve("draft.yaml"), draft);
    ImportMapping read = ImportMapping.read(mapping);
    assertThat(read.targets()).containsOnlyKeys(Table.SALES_LINES);
    assertThat(read.sources().get("vendas_marco").csv().skipLines()).isEqualTo(1);
  }

  @Test
  void tabsMarksAndSeparatorLinesAreSeen() throws IOException {
    Path wide =
        Files.write(
            folder.resolve("wide.txt"),
            "\uFEFFid\tname\n1\tx\n2\ty\n".getBytes(StandardCharsets.UTF_16LE));
    assertThat(MappingDraft.of(List.of(wide.toString())))
        .contains("delimiter: '\\t'")
        .contains("encoding: auto    # a byte order mark of UTF-16LE");
    Path separated =
        Files.writeString(folder.resolve("s.csv"), "sep=|\nday|name\n2025-03-13|a;b\n");
    assertThat(MappingDraft.of(List.of(separated.toString())))
        .contains("delimiter: '|'")
        .contains("type: date, formats: ['yyyy-MM-dd']");
  }
}
